package peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;
import org.springframework.data.relational.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes new and changed customers with their events, inside the caller's transaction. */
@Component
class CustomerWriter {
    private static final Set<String> SYSTEM_FIELDS = Set.of("version", "updated_at");

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final CustomerRepository customers;
    private final R2dbcEntityTemplate template;
    private final ObjectMapper mapper;

    CustomerWriter(CustomerRepository customers, R2dbcEntityTemplate template, ObjectMapper mapper) {
        this.customers = customers;
        this.template = template;
        this.mapper = mapper;
    }

    /** Inserts a customer under a new number. */
    Mono<Customer> insert(Caller caller, Customer customer) {
        return customers
                .nextNumber()
                .flatMap(number -> {
                    customer.number = number;
                    return template.insert(customer);
                })
                .flatMap(inserted -> log(caller, inserted, "customer.created", created(inserted)));
    }

    /** Returns the state of a customer, to be given to {@link #update}. */
    ObjectNode state(Customer customer) {
        return mapper.valueToTree(customer);
    }

    /** Updates a customer under the next version; without changes since {@code before} nothing is written. */
    Mono<Customer> update(Caller caller, Customer customer, ObjectNode before) {
        var changes = changes(before, state(customer));
        if (changes.isEmpty()) {
            return Mono.just(customer);
        }
        customer.version++;
        customer.updatedAt = now();
        var type = changes.size() == 1 && changes.has("status") ? "customer.status_changed" : "customer.updated";
        var written = changes.size() == 1 && changes.has("status") ? status(customer) : fields(customer);
        return template.update(Customer.class)
                .matching(Query.query(Criteria.where("tenant_id")
                        .is(customer.tenantId)
                        .and("id")
                        .is(customer.id)))
                .apply(written)
                .then(Mono.defer(() -> log(caller, customer, type, changes)));
    }

    private static Update status(Customer customer) {
        return Update.update("version", customer.version)
                .set("updated_at", customer.updatedAt)
                .set("status", customer.status);
    }

    private static Update fields(Customer customer) {
        return status(customer)
                .set("external_id", customer.externalId)
                .set("type", customer.type)
                .set("name", customer.name)
                .set("first_name", customer.firstName)
                .set("last_name", customer.lastName)
                .set("company_name", customer.companyName)
                .set("email", customer.email)
                .set("email_key", customer.emailKey)
                .set("email_verified", customer.emailVerified)
                .set("phone", customer.phone)
                .set("phone_key", customer.phoneKey)
                .set("document", customer.document)
                .set("document_key", customer.documentKey)
                .set("document_type", customer.documentType)
                .set("document_valid", customer.documentValid)
                .set("state_registration", customer.stateRegistration)
                .set("source", customer.source)
                .set("avatar", customer.avatar)
                .set("birthday", customer.birthday)
                .set("address", customer.address)
                .set("tags", customer.tags)
                .set("location_id", customer.locationId)
                .set("value", customer.value)
                .set("auto_payment", customer.autoPayment)
                .set("notes", customer.notes)
                .set("order_updates", customer.orderUpdates)
                .set("promotions", customer.promotions)
                .set("newsletter", customer.newsletter)
                .set("whatsapp", customer.whatsapp)
                .set("social_driver", customer.socialDriver)
                .set("social_id", customer.socialId)
                .set("utm_source", customer.utmSource)
                .set("utm_campaign", customer.utmCampaign)
                .set("attributes", customer.attributes);
    }

    private Mono<Customer> log(Caller caller, Customer customer, String type, ObjectNode changes) {
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
        state(customer).without(SYSTEM_FIELDS).properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> changes.putObject(field.getKey())
                        .putNull("from")
                        .set("to", field.getValue()));
        return changes;
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

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
