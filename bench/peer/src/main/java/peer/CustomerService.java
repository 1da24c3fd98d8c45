package peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;
import org.springframework.data.relational.core.query.Update;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Creates, reads and changes customers. */
@Service
class CustomerService {
    private static final Pattern DIGITS_AND_PUNCTUATION = Pattern.compile("[0-9 ().+/-]+");
    private static final Set<String> SYSTEM_FIELDS = Set.of("version", "updated_at");

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final CustomerRepository customers;
    private final R2dbcEntityTemplate template;
    private final Identifiers identifiers;
    private final ObjectMapper mapper;

    CustomerService(
            CustomerRepository customers, R2dbcEntityTemplate template, Identifiers identifiers, ObjectMapper mapper) {
        this.customers = customers;
        this.template = template;
        this.identifiers = identifiers;
        this.mapper = mapper;
    }

    Mono<Customer> get(String tenant, UUID id) {
        return customers.findByTenantIdAndId(tenant, id).switchIfEmpty(notFound());
    }

    Mono<CustomerPage> list(String tenant, String search, int page, int size, boolean counted) {
        long offset = (page - 1L) * size;
        var text = search.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        var digits = text.replaceAll("[^0-9]", "");
        Flux<Customer> found;
        Mono<Long> total;
        if (text.isEmpty()) {
            found = customers.page(tenant, size, offset);
            total = customers.count(tenant);
        } else if (DIGITS_AND_PUNCTUATION.matcher(text).matches() && digits.length() >= 3) {
            found = customers.search(tenant, text, digits, size, offset);
            total = customers.count(tenant, text, digits);
        } else {
            found = customers.search(tenant, text, size, offset);
            total = customers.count(tenant, text);
        }
        return found.collectList()
                .flatMap(data -> counted
                        ? total.map(count -> CustomerPage.of(data, page, size, count))
                        : Mono.just(CustomerPage.of(data, page, size, null)));
    }

    @Transactional
    public Mono<Customer> create(Caller caller, CustomerInput input) {
        return insert(caller, customer(caller.tenant(), input));
    }

    Mono<Customer> insert(Caller caller, Customer customer) {
        return customers
                .nextNumber()
                .flatMap(number -> {
                    customer.number = number;
                    return template.insert(customer);
                })
                .flatMap(inserted -> write(caller, inserted, "customer.created", created(inserted)));
    }

    @Transactional
    public Mono<Customer> setStatus(Caller caller, UUID id, String status) {
        return customers
                .findAndLockByTenantIdAndId(caller.tenant(), id)
                .switchIfEmpty(notFound())
                .flatMap(customer ->
                        customer.status.equals(status) ? Mono.just(customer) : change(caller, customer, status));
    }

    private Mono<Customer> change(Caller caller, Customer customer, String status) {
        var changes = mapper.createObjectNode();
        changes.putObject("status").put("from", customer.status).put("to", status);
        customer.status = status;
        customer.version++;
        customer.updatedAt = now();
        return template.update(Customer.class)
                .matching(Query.query(Criteria.where("tenant_id")
                        .is(customer.tenantId)
                        .and("id")
                        .is(customer.id)))
                .apply(Update.update("status", status)
                        .set("version", customer.version)
                        .set("updated_at", customer.updatedAt))
                .then(Mono.defer(() -> write(caller, customer, "customer.status_changed", changes)));
    }

    Mono<Customer> write(Caller caller, Customer customer, String type, ObjectNode changes) {
        return template.insert(new CustomerEvent(
                        caller.tenant(),
                        ids.generate(),
                        customer.id,
                        customer.version,
                        type,
                        customer.updatedAt,
                        caller.actor(),
                        caller.requestId(),
                        changes.toString()))
                .thenReturn(customer);
    }

    /** The changes of a new customer: for each field from null to its value. */
    private ObjectNode created(Customer customer) {
        var changes = mapper.createObjectNode();
        ObjectNode fields = mapper.valueToTree(customer);
        fields.remove(SYSTEM_FIELDS);
        fields.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> changes.putObject(field.getKey())
                        .putNull("from")
                        .set("to", field.getValue()));
        return changes;
    }

    /** Builds a new customer from its input. */
    Customer customer(String tenant, CustomerInput input) {
        var customer = new Customer();
        customer.tenantId = tenant;
        customer.id = ids.generate();
        customer.version = 1;
        customer.externalId = input.externalId();
        customer.type = orElse(input.type(), "individual");
        customer.status = orElse(input.status(), "active");
        customer.role = "customer";
        customer.stateRegistration = input.stateRegistration();
        customer.source = input.source();
        customer.avatar = input.avatar();
        customer.birthday = input.birthday();
        customer.address = input.address();
        customer.tags = orElse(input.tags(), List.<String>of()).stream()
                .map(String::strip)
                .distinct()
                .toArray(String[]::new);
        customer.locationId = input.locationId();
        customer.value = input.value() == null ? null : input.value().setScale(2);
        customer.autoPayment = input.autoPayment();
        customer.notes = input.notes();
        customer.attributes = input.attributes() == null ? "{}" : input.attributes().toString();
        customer.totalSpent = BigDecimal.ZERO;
        customer.createdAt = now();
        customer.updatedAt = customer.createdAt;
        name(customer, input);
        identify(customer, input);
        consent(customer, input);
        return customer;
    }

    /** Splits the name of a person into first and last name, or joins these if there is no name. */
    private static void name(Customer customer, CustomerInput input) {
        customer.name = input.name();
        customer.firstName = input.firstName();
        customer.lastName = input.lastName();
        customer.companyName = input.companyName();
        if (customer.name == null) {
            var person = (orElse(customer.firstName, "") + " " + orElse(customer.lastName, "")).strip();
            boolean company = person.isEmpty() || customer.type.equals("company") && customer.companyName != null;
            customer.name = company ? customer.companyName : person;
        } else if (customer.type.equals("individual") && customer.firstName == null && customer.lastName == null) {
            var parts = customer.name.strip().split(" +", 2);
            customer.firstName = parts[0];
            customer.lastName = parts.length > 1 ? parts[1] : null;
        }
    }

    private void identify(Customer customer, CustomerInput input) {
        customer.email = input.email();
        customer.emailKey = identifiers.emailKey(input.email());
        customer.phone = input.phone();
        if (input.phone() != null) {
            customer.phoneKey = identifiers
                    .phoneKey(input.phone())
                    .orElseThrow(() ->
                            new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY, "phone is not a phone number"));
        }
        customer.document = input.document();
        customer.documentKey = identifiers.documentKey(input.document());
        customer.documentType = orElse(input.documentType(), identifiers.documentType(customer.documentKey));
        customer.documentValid = identifiers.documentValid(customer.documentType, customer.documentKey);
    }

    private static void consent(Customer customer, CustomerInput input) {
        if (input.preferences() != null) {
            customer.orderUpdates = input.preferences().orderUpdates();
            customer.promotions = input.preferences().promotions();
            customer.newsletter = input.preferences().newsletter();
            customer.whatsapp = input.preferences().whatsapp();
        }
        if (input.social() != null) {
            customer.socialDriver = input.social().driver();
            customer.socialId = input.social().id();
        }
        if (input.utm() != null) {
            customer.utmSource = input.utm().source();
            customer.utmCampaign = input.utm().campaign();
        }
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such customer."));
    }

    private static <T> T orElse(T value, T fallback) {
        return value == null ? fallback : value;
    }
}
