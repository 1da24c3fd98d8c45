package io.clientela.activity;

import io.clientela.customer.ActivityTotals;
import io.clientela.database.Database;
import io.clientela.http.problem.FieldError;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The item type of calls. */
@Singleton
class CallType extends ItemType<CustomerCall, CallInput, CallView> {
    private static final Definition<CustomerCall, CallInput, CallView> DEFINITION = new Definition<>(
            "call",
            "calls",
            new ItemTable<>(
                    "customer_call",
                    "id, customer_id, external_id, direction, started_at, duration_seconds, outcome, notes, created_at,"
                            + " updated_at",
                    "started_at",
                    true,
                    20,
                    CallType::view),
            CustomerCall.class,
            CallInput.class,
            CallInput.FIELDS,
            Set.of("started_at"));

    private static final Map<String, CallDirection> DIRECTIONS = Arrays.stream(CallDirection.values())
            .collect(Collectors.toUnmodifiableMap(CallDirection::toString, Function.identity()));

    CallType(Database database) {
        super(database, DEFINITION);
    }

    @Override
    List<FieldError> validatePatch(CallInput input) {
        return notBlank("/external_id", input.externalId());
    }

    @Override
    List<FieldError> missing(CallInput input, boolean isNew) {
        return isNew ? List.of() : required("/started_at", input.startedAt());
    }

    @Override
    Optional<String> externalId(CallInput input) {
        return Optional.ofNullable(input.externalId());
    }

    @Override
    Optional<String> externalIdOf(CustomerCall item) {
        return Optional.ofNullable(item.externalId);
    }

    @Override
    CustomerCall newEntity() {
        return new CustomerCall();
    }

    @Override
    void write(CustomerCall item, CallInput input) {
        item.externalId = input.externalId();
        item.direction = Objects.requireNonNullElse(input.direction(), CallDirection.INBOUND);
        item.startedAt = input.startedAt() == null ? Instant.now().truncatedTo(ChronoUnit.MICROS) : input.startedAt();
        item.durationSeconds = input.durationSeconds();
        item.outcome = input.outcome();
        item.notes = input.notes();
    }

    @Override
    ActivityTotals addTo(ActivityTotals totals, CustomerCall item) {
        return totals.withCall(item.startedAt);
    }

    @Override
    CallView view(CustomerCall item) {
        return new CallView(
                item.id,
                item.externalId,
                item.direction,
                item.startedAt,
                item.durationSeconds,
                item.outcome,
                item.notes,
                item.createdAt,
                item.updatedAt);
    }

    private static CallView view(Row row) {
        return new CallView(
                row.getUUID("id"),
                row.getString("external_id"),
                DIRECTIONS.get(row.getString("direction")),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getInteger("duration_seconds"),
                row.getString("outcome"),
                row.getString("notes"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
