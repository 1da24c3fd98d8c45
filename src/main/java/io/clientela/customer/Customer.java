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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/**
 * A customer of one tenant: state, and the queries that find it. It never leaves this package; callers get a
 * {@link CustomerView}.
 */
@Entity
@IdClass(CustomerKey.class)
class Customer extends TenantOwned {
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

    /** A JSON object, as the caller wrote it. */
    String attributes;

    int callCount;
    Instant lastCallAt;
    int totalOrders;
    BigDecimal totalSpent;
    boolean anonymized;
    Instant createdAt;
    Instant updatedAt;

    /** Required by Hibernate. */
    Customer() {}

    /** A new customer of a tenant, with nothing but its identity and the defaults. */
    static Customer of(String tenant) {
        var customer = new Customer();
        customer.tenantId = tenant;
        customer.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        customer.version = 1;
        customer.role = "customer";
        customer.totalSpent = BigDecimal.ZERO;
        customer.createdAt = now();
        customer.updatedAt = customer.createdAt;
        return customer;
    }

    /** Stores a new customer under the next number. */
    Uni<Customer> insert() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("SELECT nextval('customer_number')", Long.class)
                        .getSingleResult())
                .invoke(next -> number = next)
                .chain(this::persistAndFlush);
    }

    /** The customer with this id, its row locked until the transaction ends: one change at a time. */
    static Uni<Optional<Customer>> lockById(String tenant, UUID id) {
        return Customer.<Customer>findById(new CustomerKey(tenant, id), LockModeType.PESSIMISTIC_WRITE)
                .map(Optional::ofNullable);
    }

    /**
     * Deletes the row, whatever this object says by now. Not {@code delete()}: Hibernate Reactive keeps the state of an
     * entity's delete in one place for all requests (hibernate-reactive issue 1713), and two of them get in each
     * other's way.
     */
    Uni<Void> deleteRow() {
        return Panache.getSession()
                .invoke(session -> session.detach(this))
                .chain(session -> delete("tenantId = ?1 and id = ?2", tenantId, id))
                .replaceWithVoid();
    }

    /** Takes over everything that a caller may write, and with it the forms in which identifiers are matched. */
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
     * Notes that something changed: time never runs backwards for one customer, whatever the clocks of the hosts say.
     */
    void touch() {
        var now = now();
        updatedAt = now.isBefore(updatedAt) ? updatedAt : now;
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
                callCount,
                lastCallAt,
                anonymized,
                version,
                createdAt,
                updatedAt);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static <T> T orElse(T value, T fallback) {
        return value == null ? fallback : value;
    }
}
