package io.clientela.activity;

import io.clientela.customer.ActivityTotals;
import io.clientela.database.Database;
import io.clientela.http.problem.FieldError;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The item type of orders. */
@Singleton
class OrderType extends ItemType<CustomerOrder, OrderInput, OrderView> {
    private static final Definition<CustomerOrder, OrderInput, OrderView> DEFINITION = new Definition<>(
            "order",
            "orders",
            new ItemTable<>(
                    "customer_order",
                    "id, customer_id, external_id, number, status, total, currency, placed_at, created_at, updated_at",
                    "placed_at",
                    true,
                    20,
                    OrderType::view),
            CustomerOrder.class,
            OrderInput.class,
            OrderInput.FIELDS,
            Set.of("status", "total", "currency", "placed_at"));

    private static final Map<String, OrderStatus> STATUSES = Arrays.stream(OrderStatus.values())
            .collect(Collectors.toUnmodifiableMap(OrderStatus::toString, Function.identity()));

    private final OrderSettings settings;

    OrderType(Database database, OrderSettings settings) {
        super(database, DEFINITION);
        this.settings = settings;
    }

    @Override
    List<FieldError> validatePatch(OrderInput input) {
        List<FieldError> errors = new ArrayList<>(notBlank("/external_id", input.externalId()));
        errors.addAll(notBlank("/number", input.number()));
        errors.addAll(IsoCodes.checkCurrency("/currency", input.currency()));
        return errors;
    }

    @Override
    List<FieldError> missing(OrderInput input, boolean isNew) {
        List<FieldError> errors = new ArrayList<>(required("/total", input.total()));
        if (!isNew) {
            errors.addAll(required("/placed_at", input.placedAt()));
        }
        return errors;
    }

    @Override
    Optional<String> externalId(OrderInput input) {
        return Optional.ofNullable(input.externalId());
    }

    @Override
    Optional<String> externalIdOf(CustomerOrder item) {
        return Optional.ofNullable(item.externalId);
    }

    @Override
    CustomerOrder newEntity() {
        return new CustomerOrder();
    }

    @Override
    void write(CustomerOrder item, OrderInput input) {
        item.externalId = input.externalId();
        item.number = input.number();
        item.status = Objects.requireNonNullElse(input.status(), OrderStatus.PENDING);
        item.total = input.total().setScale(2, RoundingMode.UNNECESSARY);
        item.currency = Objects.requireNonNullElse(input.currency(), settings.defaultCurrency());
        item.placedAt = input.placedAt() == null ? Instant.now().truncatedTo(ChronoUnit.MICROS) : input.placedAt();
    }

    @Override
    ActivityTotals addTo(ActivityTotals totals, CustomerOrder item) {
        boolean counts = item.status.isSpent() && item.currency.equals(settings.defaultCurrency());
        return totals.withOrder(item.placedAt, Optional.of(item.total).filter(total -> counts));
    }

    @Override
    OrderView view(CustomerOrder item) {
        return new OrderView(
                item.id,
                item.externalId,
                item.number,
                item.status,
                item.total,
                item.currency,
                item.placedAt,
                item.createdAt,
                item.updatedAt);
    }

    private static OrderView view(Row row) {
        return new OrderView(
                row.getUUID("id"),
                row.getString("external_id"),
                row.getString("number"),
                STATUSES.get(row.getString("status")),
                row.getBigDecimal("total"),
                row.getString("currency"),
                row.getOffsetDateTime("placed_at").toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
