package io.clientela.customer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.TenantOwned;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    private static final String ORDER_AND_LOCK = " ORDER BY id FOR NO KEY UPDATE";

    /** More owners of an identifier than anybody is told: who shares one with so many is not told apart by it. */
    private static final int MAX_OWNERS = 21;

    /** Selects the ids of customers to whom any of these identifiers leads, of each identifier only so many. */
    private static final String OWNERS = "SELECT id FROM customer WHERE tenant_id = $1 AND external_id = ANY("
            + keysOf(Identifier.Kind.EXTERNAL_ID) + ")"
            + ownersBy(Identifier.Kind.DOCUMENT)
            + ownersBy(Identifier.Kind.EMAIL)
            + ownersBy(Identifier.Kind.PHONE)
            + Stream.of(Identifier.Kind.values()).map(Customer::ownersByAlias).collect(Collectors.joining());

    /** The array is computed once, whatever plan was made while the tables were empty. */
    private static final String FROM_OWNERS =
            " FROM customer WHERE tenant_id = $1 AND id = ANY(ARRAY(" + OWNERS + ")) AND " + AT_LOCATION;

    private static final String OWNER_IDS = "SELECT id" + FROM_OWNERS + " ORDER BY id";

    private static final String LOCK_OWNERS = "SELECT " + CustomerSnapshots.COLUMNS + FROM_OWNERS + ORDER_AND_LOCK;

    private static final String LOCK_BY_IDS = "SELECT " + CustomerSnapshots.COLUMNS
            + " FROM customer WHERE tenant_id = $1 AND id = ANY($2::uuid[])" + ORDER_AND_LOCK;

    private static final String IDENTIFIERS = "SELECT external_id, document_key, email_key, phone_key FROM customer"
            + " WHERE tenant_id = $1 AND id = ANY($2::uuid[])";

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
        return "cast($" + (3 + kind.ordinal()) + " AS text[])";
    }

    private static final String EXTERNAL_IDS_OUTSIDE = """
            SELECT external_id FROM customer
            WHERE tenant_id = $1 AND external_id = ANY($3::text[]) AND location_id IS DISTINCT FROM $2
            UNION
            SELECT a.key FROM customer_alias a JOIN customer c ON c.tenant_id = a.tenant_id AND c.id = a.customer_id
            WHERE a.tenant_id = $1 AND a.kind = 'external_id' AND a.key = ANY($3::text[])
              AND c.location_id IS DISTINCT FROM $2""";

    @Id
    UUID id;

    @Column(updatable = false)
    Long number;

    @Version
    long version;

    String externalId;

    @Enumerated(EnumType.STRING)
    CustomerType type;

    @Enumerated(EnumType.STRING)
    CustomerStatus status;

    String role;
    String name;
    String firstName;
    String lastName;
    String companyName;
    String email;
    String emailKey;
    boolean emailVerified;
    String phone;
    String phoneKey;
    String document;
    String documentKey;

    @Enumerated(EnumType.STRING)
    DocumentType documentType;

    Boolean documentValid;
    String stateRegistration;
    String source;
    String avatar;
    LocalDate birthday;
    String address;
    String[] tags;
    String locationId;
    UUID clusterId;

    @Enumerated(EnumType.STRING)
    Segment segment;

    BigDecimal value;
    Boolean autoPayment;
    String notes;

    @Embedded
    Preferences preferences;

    @Embedded
    Social social;

    @Embedded
    Utm utm;

    /** A JSON object as the caller wrote it. */
    String attributes;

    @Embedded
    ActivityTotals totals;

    boolean anonymized;
    Instant createdAt;
    Instant updatedAt;

    /** Required by Hibernate. */
    Customer() {}

    /** Returns a new customer with an id, the first version and defaults. */
    static Customer of(String tenant) {
        var customer = new Customer();
        customer.tenantId = tenant;
        customer.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        customer.version = 1;
        customer.role = "customer";
        customer.totals = ActivityTotals.NONE;
        customer.createdAt = now();
        customer.updatedAt = customer.createdAt;
        return customer;
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
        return rows.stream().map(CustomerRowReader::read).toList();
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
                        .invoke(found -> found.forEach(session::detach)));
    }

    private static String[] keys(Collection<Identifier> identifiers, Identifier.Kind kind) {
        return identifiers.stream()
                .filter(identifier -> identifier.kind() == kind)
                .map(Identifier::key)
                .distinct()
                .toArray(String[]::new);
    }

    /** Deletes the row. */
    Uni<Void> deleteRow() {
        return TenantStatement.update(tenantId, "DELETE FROM customer WHERE tenant_id = $1 AND id = $2", id)
                .replaceWithVoid();
    }

    /** Sets all writable fields and derives the match keys. */
    void write(CustomerInput input, Identifiers identifiers) {
        externalId = input.externalId();
        type = orElse(input.type(), CustomerType.INDIVIDUAL);
        status = orElse(input.status(), CustomerStatus.ACTIVE);
        name = input.name();
        firstName = input.firstName();
        lastName = input.lastName();
        companyName = input.companyName();
        stateRegistration = input.stateRegistration();
        source = input.source();
        avatar = input.avatar();
        birthday = input.birthday();
        address = input.address();
        tags = Tags.normalized(input.tags()).toArray(String[]::new);
        locationId = input.locationId();
        clusterId = input.clusterId();
        value = input.value() == null ? null : input.value().setScale(2, RoundingMode.UNNECESSARY);
        autoPayment = input.autoPayment();
        notes = input.notes();
        preferences = input.preferences();
        social = input.social();
        utm = input.utm();
        attributes = input.attributes() == null ? "{}" : input.attributes().toString();
        writeIdentifiers(input, identifiers);
    }

    private void writeIdentifiers(CustomerInput input, Identifiers identifiers) {
        var newEmailKey = identifiers.emailKey(input.email());
        if (!newEmailKey.equals(Optional.ofNullable(emailKey))) {
            emailVerified = false;
        }
        email = input.email();
        emailKey = newEmailKey.orElse(null);
        phone = input.phone();
        phoneKey = identifiers.phoneKey(input.phone()).orElse(null);
        document = input.document();
        documentKey = identifiers.documentKey(input.document()).orElse(null);
        documentType = input.documentType();
        documentValid = identifiers.documentValid(documentType, documentKey).orElse(null);
    }

    /** Sets the next version. {@code updated_at} always increases, even if the hosts' clocks differ. */
    void nextVersion() {
        version++;
        var now = now();
        updatedAt = now.isAfter(updatedAt) ? now : updatedAt.plus(1, ChronoUnit.MICROS);
    }

    /** Returns the customer's identifiers. */
    Set<Identifier> identifiers() {
        return Identifiers.present(externalId, documentKey, emailKey, phoneKey);
    }

    /** Returns the columns of the row that the view does not show, or in which it shows less. */
    ObjectNode unshown() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("email_key", emailKey)
                .put("phone_key", phoneKey)
                .put("document_key", documentKey)
                .put("call_count", totals.callCount())
                .put("last_call_at", text(totals.lastCallAt()))
                .put("total_orders", totals.totalOrders())
                .put("spending_orders", totals.spendingOrders())
                .put("total_spent", totals.totalSpent())
                .put("first_order_at", text(totals.firstOrderAt()))
                .put("last_order_at", text(totals.lastOrderAt()));
    }

    private static String text(Instant timestamp) {
        return timestamp == null ? null : timestamp.toString();
    }

    CustomerView view() {
        return new CustomerView(
                id,
                number,
                externalId,
                type,
                status,
                role,
                name,
                firstName,
                lastName,
                companyName,
                email,
                emailVerified,
                phone,
                document,
                documentType,
                documentValid,
                stateRegistration,
                source,
                avatar,
                birthday,
                address,
                List.of(tags),
                locationId,
                clusterId,
                value,
                autoPayment,
                notes,
                orElse(preferences, Preferences.UNKNOWN),
                social,
                utm,
                attributes,
                segment,
                totals.callCount(),
                totals.lastCallAt(),
                anonymized,
                version,
                createdAt,
                updatedAt,
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
