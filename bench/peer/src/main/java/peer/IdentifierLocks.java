package peer;

import java.util.Map;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Advisory locks on identifiers, held until the transaction ends: two requests with one of them run one after the other. */
@Component
class IdentifierLocks {
    private static final String ACQUIRE = """
            SELECT count(*) FROM (
                SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(:names) AS name) AS locks""";

    private final DatabaseClient database;

    IdentifierLocks(DatabaseClient database) {
        this.database = database;
    }

    /** Locks all identifiers of a customer, in one order. */
    Mono<Long> acquire(Customer customer) {
        return acquire(
                customer.tenantId,
                Map.of(
                        "external_id", Objects.requireNonNullElse(customer.externalId, ""),
                        "document", Objects.requireNonNullElse(customer.documentKey, ""),
                        "email", Objects.requireNonNullElse(customer.emailKey, ""),
                        "phone", Objects.requireNonNullElse(customer.phoneKey, "")));
    }

    Mono<Long> acquireExternalId(Customer customer) {
        return acquire(customer.tenantId, Map.of("external_id", customer.externalId));
    }

    private Mono<Long> acquire(String tenant, Map<String, String> keysByKind) {
        var names = keysByKind.entrySet().stream()
                .filter(key -> !key.getValue().isEmpty())
                .map(key -> String.join("\n", tenant, key.getKey(), key.getValue()))
                .sorted()
                .toArray(String[]::new);
        return database.sql(ACQUIRE)
                .bind("names", names)
                .map(row -> row.get(0, Long.class))
                .one();
    }
}
