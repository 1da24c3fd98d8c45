package peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;
import org.springframework.data.relational.core.query.Update;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** Finds a customer and changes them, or makes one: as it is mostly written, so that two at once make two. */
@Service
class CustomerUpsert {
    private final CustomerService service;
    private final CustomerRepository customers;
    private final R2dbcEntityTemplate template;
    private final ObjectMapper mapper;

    CustomerUpsert(
            CustomerService service, CustomerRepository customers, R2dbcEntityTemplate template, ObjectMapper mapper) {
        this.service = service;
        this.customers = customers;
        this.template = template;
        this.mapper = mapper;
    }

    record Result(String outcome, List<String> matchedOn, Customer customer) {}

    @Transactional
    public Mono<Result> upsert(Caller caller, CustomerInput input) {
        var given = service.customer(caller.tenant(), input);
        return customers
                .findAndLock(caller.tenant(), given.externalId, given.documentKey, given.emailKey, given.phoneKey)
                .collectList()
                .flatMap(found -> switch (found.size()) {
                    case 0 -> service.insert(caller, given).map(made -> new Result("created", List.of(), made));
                    case 1 -> update(caller, found.get(0), given);
                    default ->
                        Mono.error(new ResponseStatusException(HttpStatus.CONFLICT, "These are several customers."));
                });
    }

    private Mono<Result> update(Caller caller, Customer customer, Customer given) {
        var matchedOn = matchedOn(customer, given);
        ObjectNode before = mapper.valueToTree(customer);
        take(customer, given);
        var changes = changes(before, mapper.valueToTree(customer));
        if (changes.isEmpty()) {
            return Mono.just(new Result("unchanged", matchedOn, customer));
        }
        customer.version++;
        customer.updatedAt = CustomerService.now();
        return template.update(Customer.class)
                .matching(Query.query(Criteria.where("tenant_id")
                        .is(customer.tenantId)
                        .and("id")
                        .is(customer.id)))
                .apply(assigned(customer))
                .then(Mono.defer(() -> service.write(caller, customer, "customer.updated", changes)))
                .map(written -> new Result("updated", matchedOn, written));
    }

    /** What was given wins; what was not given stays. */
    private static void take(Customer customer, Customer given) {
        given(given.externalId, value -> customer.externalId = value);
        given(given.name, value -> customer.name = value);
        given(given.firstName, value -> customer.firstName = value);
        given(given.lastName, value -> customer.lastName = value);
        given(given.companyName, value -> customer.companyName = value);
        given(given.email, value -> customer.email = value);
        given(given.emailKey, value -> customer.emailKey = value);
        given(given.phone, value -> customer.phone = value);
        given(given.phoneKey, value -> customer.phoneKey = value);
        given(given.document, value -> customer.document = value);
        given(given.documentKey, value -> customer.documentKey = value);
        given(given.documentType, value -> customer.documentType = value);
        given(given.documentValid, value -> customer.documentValid = value);
        given(given.source, value -> customer.source = value);
        given(given.birthday, value -> customer.birthday = value);
        given(given.address, value -> customer.address = value);
        given(given.tags, value -> customer.tags = value);
        given(given.locationId, value -> customer.locationId = value);
        given(given.notes, value -> customer.notes = value);
        given(given.newsletter, value -> customer.newsletter = value);
        given(given.attributes, value -> customer.attributes = value);
    }

    private static <T> void given(T value, Consumer<T> taker) {
        if (value != null) {
            taker.accept(value);
        }
    }

    private static Update assigned(Customer customer) {
        return Update.update("version", customer.version)
                .set("updated_at", customer.updatedAt)
                .set("external_id", customer.externalId)
                .set("name", customer.name)
                .set("first_name", customer.firstName)
                .set("last_name", customer.lastName)
                .set("company_name", customer.companyName)
                .set("email", customer.email)
                .set("email_key", customer.emailKey)
                .set("phone", customer.phone)
                .set("phone_key", customer.phoneKey)
                .set("document", customer.document)
                .set("document_key", customer.documentKey)
                .set("document_type", customer.documentType)
                .set("document_valid", customer.documentValid)
                .set("source", customer.source)
                .set("birthday", customer.birthday)
                .set("address", customer.address)
                .set("tags", customer.tags)
                .set("location_id", customer.locationId)
                .set("notes", customer.notes)
                .set("newsletter", customer.newsletter)
                .set("attributes", customer.attributes);
    }

    private static List<String> matchedOn(Customer customer, Customer given) {
        List<String> kinds = new ArrayList<>();
        add(kinds, "external_id", customer.externalId, given.externalId);
        add(kinds, "document", customer.documentKey, given.documentKey);
        add(kinds, "email", customer.emailKey, given.emailKey);
        add(kinds, "phone", customer.phoneKey, given.phoneKey);
        return kinds;
    }

    private static void add(List<String> kinds, String kind, String has, String given) {
        if (given != null && given.equals(has)) {
            kinds.add(kind);
        }
    }

    private ObjectNode changes(ObjectNode before, ObjectNode after) {
        var changes = mapper.createObjectNode();
        after.properties().stream()
                .filter(field -> !field.getValue().equals(before.get(field.getKey())))
                .forEach(field -> changes.putObject(field.getKey())
                        .<ObjectNode>set("from", before.get(field.getKey()))
                        .set("to", field.getValue()));
        return changes;
    }
}
