package io.clientela.customer;

import io.vertx.sqlclient.data.Numeric;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

/** Reads a customer from a row with {@link CustomerSnapshots#COLUMNS}, in their order. */
final class CustomerRowReader {
    private final Object[] row;
    private int next;

    private CustomerRowReader(Object[] row) {
        this.row = row;
    }

    static Customer read(Object[] row) {
        return new CustomerRowReader(row).customer();
    }

    private Customer customer() {
        var customer = new Customer();
        customer.tenantId = value();
        customer.id = value();
        customer.number = value();
        customer.version = this.<Long>value();
        customer.externalId = value();
        customer.type = constant(CustomerType.class);
        customer.status = constant(CustomerStatus.class);
        customer.role = value();
        customer.name = value();
        customer.firstName = value();
        customer.lastName = value();
        customer.companyName = value();
        customer.email = value();
        customer.emailKey = value();
        customer.emailVerified = this.<Boolean>value();
        customer.phone = value();
        customer.phoneKey = value();
        customer.document = value();
        customer.documentKey = value();
        customer.documentType = constant(DocumentType.class);
        customer.documentValid = value();
        customer.stateRegistration = value();
        customer.source = value();
        customer.avatar = value();
        customer.birthday = this.<LocalDate>value();
        customer.address = value();
        customer.tags = value();
        customer.locationId = value();
        customer.clusterId = this.<UUID>value();
        customer.segment = constant(Segment.class);
        customer.value = decimal();
        customer.autoPayment = value();
        customer.notes = value();
        customer.preferences = new Preferences(value(), value(), value(), value());
        customer.social = Social.of(value(), value());
        customer.utm = Utm.of(value(), value());
        customer.attributes = value();
        int callCount = this.<Integer>value();
        var lastCallAt = timestamp();
        int totalOrders = this.<Integer>value();
        var totalSpent = decimal();
        customer.anonymized = this.<Boolean>value();
        customer.createdAt = timestamp();
        customer.updatedAt = timestamp();
        int spendingOrders = this.<Integer>value();
        customer.totals = new ActivityTotals(
                callCount, lastCallAt, totalOrders, spendingOrders, totalSpent, timestamp(), timestamp());
        return customer;
    }

    @SuppressWarnings("unchecked") // the column has this type
    private <T> T value() {
        return (T) row[next++];
    }

    private Instant timestamp() {
        OffsetDateTime timestamp = value();
        return timestamp == null ? null : timestamp.toInstant();
    }

    private BigDecimal decimal() {
        Numeric decimal = value();
        return decimal == null ? null : decimal.bigDecimalValue();
    }

    private <E extends Enum<E>> E constant(Class<E> type) {
        String name = value();
        return name == null ? null : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
