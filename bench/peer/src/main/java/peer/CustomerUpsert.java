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

/** Updates the matching customer, or creates one; without locks on identifiers, so concurrent upserts may create two. */
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
    public Mono<Result> upsert(Caller caller, CustomerInput body) {
        var input = service.customer(caller.tenant(), body);
        return customers
                .findAndLock(caller.tenant(), input.externalId, input.documentKey, input.emailKey, input.phoneKey)
                .collectList()
                .flatMap(found -> switch (found.size()) {
                    case 0 -> service.insert(caller, input).map(made -> new Result("created", List.of(), made));
                    case 1 -> update(caller, found.get(0), input);
                    default ->
                        Mono.error(new ResponseStatusException(HttpStatus.CONFLICT, "These are several customers."));
                });
    }

    private Mono<Result> update(Caller caller, Customer customer, Customer input) {
        var matchedOn = matchedOn(customer, input);
        ObjectNode before = mapper.valueToTree(customer);
        overwrite(customer, input);
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

    /** Overwrites the fields that have a value in the input. */
    private static void overwrite(Customer customer, Customer input) {
        ifPresent(input.externalId, value -> customer.externalId = value);
        ifPresent(input.name, value -> customer.name = value);
        ifPresent(input.firstName, value -> customer.firstName = value);
        ifPresent(input.lastName, value -> customer.lastName = value);
        ifPresent(input.companyName, value -> customer.companyName = value);
        ifPresent(input.email, value -> customer.email = value);
        ifPresent(input.emailKey, value -> customer.emailKey = value);
        ifPresent(input.phone, value -> customer.phone = value);
        ifPresent(input.phoneKey, value -> customer.phoneKey = value);
        ifPresent(input.document, value -> customer.document = value);
        ifPresent(input.documentKey, value -> customer.documentKey = value);
        ifPresent(input.documentType, value -> customer.documentType = value);
        ifPresent(input.documentValid, value -> customer.documentValid = value);
        ifPresent(input.source, value -> customer.source = value);
        ifPresent(input.birthday, value -> customer.birthday = value);
        ifPresent(input.address, value -> customer.address = value);
        ifPresent(input.tags, value -> customer.tags = value);
        ifPresent(input.locationId, value -> customer.locationId = value);
        ifPresent(input.notes, value -> customer.notes = value);
        ifPresent(input.newsletter, value -> customer.newsletter = value);
        ifPresent(input.attributes, value -> customer.attributes = value);
    }

    private static <T> void ifPresent(T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
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

    private static List<String> matchedOn(Customer customer, Customer input) {
        List<String> kinds = new ArrayList<>();
        add(kinds, "external_id", customer.externalId, input.externalId);
        add(kinds, "document", customer.documentKey, input.documentKey);
        add(kinds, "email", customer.emailKey, input.emailKey);
        add(kinds, "phone", customer.phoneKey, input.phoneKey);
        return kinds;
    }

    private static void add(List<String> kinds, String kind, String has, String input) {
        if (input != null && input.equals(has)) {
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
