package io.clientela.customer;

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
import jakarta.persistence.LockModeType;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.reactive.mutiny.Mutiny;

/** A customer's row and the queries that load and lock it. Other packages get a {@link CustomerView}. */
@Entity
@IdClass(CustomerKey.class)
class Customer extends TenantOwned {
    private static final String AT_LOCATION =
            "(cast(:location AS text) IS NULL OR location_id = cast(:location AS text))";

    private static final String ORDER_AND_LOCK = " ORDER BY id FOR NO KEY UPDATE";

    /** More owners of an identifier than anybody is told: who shares one with so many is not told apart by it. */
    private static final int MAX_OWNERS = 21;

    /** Selects the ids of customers to whom any of these identifiers leads, of each identifier only so many. */
    private static final String OWNERS = "SELECT id FROM customer WHERE tenant_id = :tenant"
            + " AND external_id = ANY(cast(:external_id AS text[]))"
            + ownersBy(Identifier.Kind.DOCUMENT)
            + ownersBy(Identifier.Kind.EMAIL)
            + ownersBy(Identifier.Kind.PHONE)
            + Stream.of(Identifier.Kind.values()).map(Customer::ownersByAlias).collect(Collectors.joining());

    /** The array is computed once, whatever plan was made while the tables were empty. */
    private static final String FROM_OWNERS =
            " FROM customer WHERE tenant_id = :tenant AND id = ANY(ARRAY(" + OWNERS + ")) AND " + AT_LOCATION;

    private static final String OWNER_IDS = "SELECT id" + FROM_OWNERS + " ORDER BY id";

    private static final String LOCK_OWNERS = "SELECT " + CustomerSnapshots.COLUMNS + FROM_OWNERS + ORDER_AND_LOCK;

    private static String ownersBy(Identifier.Kind kind) {
        return ownersBy(
                kind,
                "SELECT id FROM customer WHERE tenant_id = :tenant AND " + kind + "_key = requested AND "
                        + AT_LOCATION);
    }

    private static String ownersByAlias(Identifier.Kind kind) {
        return ownersBy(
                kind,
                "SELECT customer_id AS id FROM customer_alias WHERE tenant_id = :tenant AND kind = '" + kind
                        + "' AND key = requested");
    }

    private static String ownersBy(Identifier.Kind kind, String owners) {
        return " UNION SELECT owner.id FROM unnest(cast(:" + kind + " AS text[])) AS requested CROSS JOIN LATERAL ("
                + owners + " LIMIT " + MAX_OWNERS + ") AS owner";
    }

    private static final String EXTERNAL_IDS_OUTSIDE = """
            SELECT external_id FROM customer
            WHERE tenant_id = :tenant AND external_id = ANY(cast(:ids AS text[]))
              AND location_id IS DISTINCT FROM cast(:location AS text)
            UNION
            SELECT a.key FROM customer_alias a JOIN customer c ON c.tenant_id = a.tenant_id AND c.id = a.customer_id
            WHERE a.tenant_id = :tenant AND a.kind = 'external_id' AND a.key = ANY(cast(:ids AS text[]))
              AND c.location_id IS DISTINCT FROM cast(:location AS text)""";

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
        return Customer.<Customer>findById(new CustomerKey(tenant, id), LockModeType.PESSIMISTIC_WRITE)
                .map(Optional::ofNullable);
    }

    /** Locks the rows of these customers in the order of their ids and returns those that exist. */
    static Uni<List<Customer>> lockByIds(String tenant, Collection<UUID> ids) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT id FROM customer WHERE tenant_id = :tenant AND id = ANY(cast(cast(:ids AS text[]) AS uuid[]))"
                                        + ORDER_AND_LOCK,
                                UUID.class)
                        .setParameter("tenant", tenant)
                        .setParameter("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                        .getResultList())
                .chain(Customer::load);
    }

    /**
     * Locks the customers to whom any of these identifiers leads in the order of their ids and returns them as they are
     * then, outside of the session. Of an identifier that many share, some are left out.
     */
    static Uni<List<Customer>> lockOwners(
            String tenant, Optional<String> location, Collection<Identifier> identifiers) {
        return Panache.getSession().chain(session -> owners(
                        session.createNativeQuery(LOCK_OWNERS, Customer.class), tenant, location, identifiers)
                .getResultList()
                .invoke(found -> found.forEach(session::detach)));
    }

    /**
     * Returns the ids of the customers to whom any of these identifiers leads; of one that many share, some are left
     * out.
     */
    static Uni<List<UUID>> owners(String tenant, Optional<String> location, Collection<Identifier> identifiers) {
        return Panache.getSession().chain(session -> owners(
                        session.createNativeQuery(OWNER_IDS, UUID.class), tenant, location, identifiers)
                .getResultList());
    }

    private static <T> Mutiny.SelectionQuery<T> owners(
            Mutiny.SelectionQuery<T> query,
            String tenant,
            Optional<String> location,
            Collection<Identifier> identifiers) {
        query.setParameter("tenant", tenant).setParameter("location", location.orElse(null));
        for (var kind : Identifier.Kind.values()) {
            query.setParameter(kind.toString(), keys(identifiers, kind));
        }
        return query;
    }

    /** Returns those of these external ids that belong to customers of other locations, as aliases or their own. */
    static Uni<Set<Identifier>> externalIdsOutside(String tenant, String location, Collection<Identifier> identifiers) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(EXTERNAL_IDS_OUTSIDE, String.class)
                        .setParameter("tenant", tenant)
                        .setParameter("location", location)
                        .setParameter("ids", keys(identifiers, Identifier.Kind.EXTERNAL_ID))
                        .getResultList())
                .map(found -> found.stream()
                        .map(id -> new Identifier(Identifier.Kind.EXTERNAL_ID, id))
                        .collect(Collectors.toSet()));
    }

    /** Returns the customers' own identifiers. */
    static Uni<Set<Identifier>> identifiersOf(String tenant, Collection<UUID> ids) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT external_id, document_key, email_key, phone_key FROM customer"
                                        + " WHERE tenant_id = :tenant AND id = ANY(cast(cast(:ids AS text[]) AS uuid[]))",
                                Object[].class)
                        .setParameter("tenant", tenant)
                        .setParameter("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                        .getResultList())
                .map(rows -> rows.stream()
                        .flatMap(row ->
                                Identifiers.present((String) row[0], (String) row[1], (String) row[2], (String) row[3])
                                        .stream())
                        .collect(Collectors.toSet()));
    }

    /** Loads customers after their rows were locked: this statement's snapshot is newer than the wait for the lock. */
    static Uni<List<Customer>> load(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Customer.<Customer>find("id in ?1 order by id", ids).list();
    }

    private static String[] keys(Collection<Identifier> identifiers, Identifier.Kind kind) {
        return identifiers.stream()
                .filter(identifier -> identifier.kind() == kind)
                .map(Identifier::key)
                .distinct()
                .toArray(String[]::new);
    }

    /**
     * Deletes the row by a query and drops unsaved changes. {@code delete()} is not safe: Hibernate Reactive shares the
     * state of an entity's delete between concurrent requests (hibernate-reactive issue 1713).
     */
    Uni<Void> deleteRow() {
        return Panache.getSession()
                .invoke(session -> session.detach(this))
                .chain(session -> delete("tenantId = ?1 and id = ?2", tenantId, id))
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

    /**
     * Marks the entity as changed, so that the flush raises the version. {@code updated_at} always increases, even if
     * the hosts' clocks differ.
     */
    void touch() {
        var now = now();
        updatedAt = now.isAfter(updatedAt) ? now : updatedAt.plus(1, ChronoUnit.MICROS);
    }

    /** Sets the next version of a customer that no session flushes. */
    void nextVersion() {
        version++;
        touch();
    }

    /** Returns the customer's identifiers. */
    Set<Identifier> identifiers() {
        return Identifiers.present(externalId, documentKey, emailKey, phoneKey);
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
