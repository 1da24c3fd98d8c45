package io.clientela.customer;

import io.clientela.database.RowReader;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.TenantOwned;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** A customer's row and the queries that load and lock it. Other packages get a {@link CustomerView}. */
@Entity
@IdClass(CustomerKey.class)
class Customer extends TenantOwned {
    private static final String AT_LOCATION = "(cast($2 AS text) IS NULL OR location_id = $2)";

    /** More owners of an identifier than anybody is told: who shares one with so many is not told apart by it. */
    private static final int MAX_OWNERS = 21;

    /**
     * Selects the ids of customers to whom any of these identifiers leads, of each identifier only so many. Each key is
     * looked up on its own: for an array of keys PostgreSQL would read all customers of a tenant that has grown since
     * its last ANALYZE.
     */
    private static final String OWNERS = "SELECT id FROM customer WHERE false"
            + ownersBy(
                    Identifier.Kind.EXTERNAL_ID,
                    "SELECT id FROM customer WHERE tenant_id = $1 AND external_id = requested")
            + ownersBy(Identifier.Kind.DOCUMENT)
            + ownersBy(Identifier.Kind.EMAIL)
            + ownersBy(Identifier.Kind.PHONE)
            + Stream.of(Identifier.Kind.values()).map(Customer::ownersByAlias).collect(Collectors.joining());

    private static final String OWNER_IDS = ofEach(OWNERS, "id", AT_LOCATION);

    private static final String LOCK_OWNERS = ofEach(OWNERS, CustomerTable.ROW, AT_LOCATION + " FOR NO KEY UPDATE");

    private static final String LOCK_BY_IDS = ofEach(
            "SELECT id FROM unnest(" + TenantStatement.array(2, "uuid") + ") AS id",
            CustomerTable.ROW,
            "true FOR NO KEY UPDATE");

    private static final String IDENTIFIERS = "SELECT external_id, document_key, email_key, phone_key FROM customer"
            + " WHERE tenant_id = $1 AND id = ANY(" + TenantStatement.array(2, "uuid") + ")";

    /**
     * Selects from the rows of customers in the order of their ids, in which they are also locked. Each is looked up by
     * its primary key, for the same reason.
     */
    private static String ofEach(String ids, String columns, String condition) {
        return "SELECT found.* FROM (SELECT id FROM (" + ids + ") AS ids ORDER BY id) AS requested"
                + " CROSS JOIN LATERAL (SELECT " + columns
                + " FROM customer WHERE tenant_id = $1 AND id = requested.id AND " + condition
                + ") AS found ORDER BY requested.id";
    }

    private static String ownersBy(Identifier.Kind kind) {
        return ownersBy(
                kind,
                "SELECT id FROM customer WHERE tenant_id = $1 AND " + kind.matches("requested") + " AND "
                        + AT_LOCATION);
    }

    private static String ownersByAlias(Identifier.Kind kind) {
        return ownersBy(
                kind,
                "SELECT customer_id AS id FROM customer_alias WHERE tenant_id = $1 AND kind = '" + kind
                        + "' AND key = requested");
    }

    private static String ownersBy(Identifier.Kind kind, String owners) {
        return " UNION SELECT owner.id FROM unnest(" + keysOf(kind) + ") AS requested CROSS JOIN LATERAL (" + owners
                + " LIMIT " + MAX_OWNERS + ") AS owner";
    }

    /** Returns the parameter with the requested keys of this kind. */
    private static String keysOf(Identifier.Kind kind) {
        return TenantStatement.array(3 + kind.ordinal(), "text");
    }

    private static final String EXTERNAL_IDS_OUTSIDE = """
            SELECT external_id FROM customer
            WHERE tenant_id = $1 AND external_id = ANY($3::text[]) AND location_id IS DISTINCT FROM $2
            UNION
            SELECT a.key FROM customer_alias a JOIN customer c ON c.tenant_id = a.tenant_id AND c.id = a.customer_id
            WHERE a.tenant_id = $1 AND a.kind = 'external_id' AND a.key = ANY($3::text[])
              AND c.location_id IS DISTINCT FROM $2""";

    /** The name of a customer whose personal data was erased. */
    private static final String ANONYMIZED_NAME = "Anonymized";

    private static final String DEFAULT_ROLE = "customer";

    private static final CustomerFields NO_FIELDS =
            CustomerFieldsBuilder.builder().build();

    @Id
    UUID id;

    Long number;
    long version;

    @Embedded
    CustomerFields fields;

    @Embedded
    CustomerState state;

    @Embedded
    MatchKeys keys;

    @Embedded
    ActivityTotals totals;

    /** Required by Hibernate. */
    Customer() {}

    /** Returns a new customer with an id, the first version and the default role. */
    static Customer of(String tenant, long number) {
        var customer = new Customer();
        var now = now();
        customer.tenantId = tenant;
        customer.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        customer.number = number;
        customer.version = 1;
        customer.state = new CustomerState(DEFAULT_ROLE, false, null, false, now, now);
        customer.keys = MatchKeys.NONE;
        customer.totals = ActivityTotals.NONE;
        return customer;
    }

    /** Returns a copy, which later changes of this customer leave as it is. */
    Customer copy() {
        var copy = new Customer();
        copy.tenantId = tenantId;
        copy.id = id;
        copy.number = number;
        copy.version = version;
        copy.fields = fields;
        copy.state = state;
        copy.keys = keys;
        copy.totals = totals;
        return copy;
    }

    /** Locks the customer's row until the transaction ends. */
    static Uni<Optional<Customer>> lockById(String tenant, UUID id) {
        return lockByIds(tenant, List.of(id)).map(found -> found.stream().findFirst());
    }

    /**
     * Locks the rows of these customers in the order of their ids and returns those that exist, as they are when they
     * are locked.
     */
    static Uni<List<Customer>> lockByIds(String tenant, Collection<UUID> ids) {
        return TenantStatement.query(tenant, LOCK_BY_IDS, (Object) ids.toArray(UUID[]::new))
                .map(Customer::read);
    }

    /**
     * Locks the customers to whom any of these identifiers leads in the order of their ids and returns them as they are
     * then. Of an identifier that many share, some are left out.
     */
    static Uni<List<Customer>> lockOwners(
            String tenant, Optional<String> location, Collection<Identifier> identifiers) {
        return TenantStatement.query(tenant, LOCK_OWNERS, ownerValues(location, identifiers))
                .map(Customer::read);
    }

    private static List<Customer> read(List<Object[]> rows) {
        return rows.stream()
                .map(row -> CustomerTable.customer(RowReader.of(row)))
                .toList();
    }

    /**
     * Returns the ids of the customers to whom any of these identifiers leads; of one that many share, some are left
     * out.
     */
    static Uni<List<UUID>> owners(String tenant, Optional<String> location, Collection<Identifier> identifiers) {
        return TenantStatement.query(tenant, OWNER_IDS, ownerValues(location, identifiers))
                .map(rows -> rows.stream().map(row -> (UUID) row[0]).toList());
    }

    private static Object[] ownerValues(Optional<String> location, Collection<Identifier> identifiers) {
        List<Object> values = new ArrayList<>();
        values.add(location.orElse(null));
        for (var kind : Identifier.Kind.values()) {
            values.add(keys(identifiers, kind));
        }
        return values.toArray();
    }

    /** Returns those of these external ids that belong to customers of other locations, as aliases or their own. */
    static Uni<Set<Identifier>> externalIdsOutside(String tenant, String location, Collection<Identifier> identifiers) {
        return TenantStatement.query(
                        tenant, EXTERNAL_IDS_OUTSIDE, location, keys(identifiers, Identifier.Kind.EXTERNAL_ID))
                .map(rows -> rows.stream()
                        .map(row -> new Identifier(Identifier.Kind.EXTERNAL_ID, (String) row[0]))
                        .collect(Collectors.toSet()));
    }

    /** Returns the customers' own identifiers. */
    static Uni<Set<Identifier>> identifiersOf(String tenant, Collection<UUID> ids) {
        return TenantStatement.query(tenant, IDENTIFIERS, (Object) ids.toArray(UUID[]::new))
                .map(rows -> rows.stream()
                        .flatMap(row ->
                                Identifiers.present((String) row[0], (String) row[1], (String) row[2], (String) row[3])
                                        .stream())
                        .collect(Collectors.toSet()));
    }

    /** Returns these customers in the order of their ids, outside of the session, which would write their changes. */
    static Uni<List<Customer>> load(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Panache.getSession().chain(session -> Customer.<Customer>find("id in ?1 order by id", ids)
                        .list()
                        .invoke(found -> found.forEach(customer -> {
                            session.detach(customer);
                            customer.keys = orElse(customer.keys, MatchKeys.NONE);
                        })));
    }

    private static String[] keys(Collection<Identifier> identifiers, Identifier.Kind kind) {
        return identifiers.stream()
                .filter(identifier -> identifier.kind() == kind)
                .map(Identifier::key)
                .distinct()
                .toArray(String[]::new);
    }

    /**
     * Sets all fields that callers write, and what follows from them. A match key is derived when its field changes;
     * the e-mail address is no longer verified when its key changes.
     */
    void write(CustomerFields written, Identifiers identifiers) {
        var before = orElse(fields, NO_FIELDS);
        fields = written.normalized();
        var emailKey = Objects.equals(before.email(), fields.email())
                ? keys.emailKey()
                : identifiers.emailKey(fields.email()).orElse(null);
        var phoneKey = Objects.equals(before.phone(), fields.phone())
                ? keys.phoneKey()
                : identifiers.phoneKey(fields.phone()).orElse(null);
        var documentKey = Objects.equals(before.document(), fields.document())
                ? keys.documentKey()
                : identifiers.documentKey(fields.document()).orElse(null);
        state = state.with(
                next -> next.emailVerified(state.emailVerified() && Objects.equals(emailKey, keys.emailKey()))
                        .documentValid(identifiers
                                .documentValid(fields.documentType(), documentKey)
                                .orElse(null)));
        keys = new MatchKeys(emailKey, phoneKey, documentKey);
    }

    /**
     * Erases all personal data. What stays says nothing of a person: the type, the status, the business location, and
     * what the customer consented to or refused (GDPR, article 7(1)).
     */
    void anonymize() {
        fields = CustomerFieldsBuilder.builder()
                .type(fields.type())
                .status(fields.status())
                .name(ANONYMIZED_NAME)
                .locationId(fields.locationId())
                .preferences(fields.preferences())
                .build();
        state = state.with(next ->
                next.role(DEFAULT_ROLE).emailVerified(false).documentValid(null).anonymized(true));
        keys = MatchKeys.NONE;
    }

    /** Sets the next version. {@code updated_at} always increases, even if the hosts' clocks differ. */
    void nextVersion() {
        version++;
        var now = now();
        var last = state.updatedAt();
        state = state.withUpdatedAt(now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS));
    }

    /** Returns the customer's identifiers. */
    Set<Identifier> identifiers() {
        return Identifiers.present(fields.externalId(), keys.documentKey(), keys.emailKey(), keys.phoneKey());
    }

    /** Returns the customer as callers read it, in the segment by these rules. */
    CustomerView view(SegmentRules segments) {
        return new CustomerView(
                id,
                number,
                version,
                fields,
                totals.callCount(),
                totals.lastCallAt(),
                segments.of(totals.spending()),
                totals.spending(),
                state,
                Map.of(),
                FieldSelection.ALL);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static <T> T orElse(T value, T fallback) {
        return value == null ? fallback : value;
    }
}
