package io.clientela.privacy;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.clientela.retention.RetentionSettings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The exported responses that are stored by {@code Idempotency-Key} and name a customer. Their bodies are left out:
 * they repeat what the other parts have, and that of a batch has other customers, too.
 */
@Singleton
class StoredResponseExport implements ExportPart {
    /** No index finds a response by what it names. */
    private static final int ALL_RESPONSES = 1000;

    /**
     * Reads all responses of the tenant in the order of the primary key, so that each batch takes the same short time,
     * however few of them name the customer.
     */
    private static final String OF_TENANT = """
            SELECT actor = ANY(?) OR location LIKE ANY(?) OR body LIKE ANY(?) AS concerns, key, actor, status, created_at
            FROM idempotency_key WHERE tenant_id = ? ORDER BY actor, key""";

    private final RetentionSettings settings;

    StoredResponseExport(RetentionSettings settings) {
        this.settings = settings;
    }

    /** A request whose response is stored. */
    @RegisterForReflection
    record StoredResponse(String idempotencyKey, String actor, int status, Instant createdAt, Instant deletedAfter) {}

    @Override
    public String name() {
        return "stored_responses";
    }

    @Override
    public String explanation() {
        return "Requests of other systems that named the customer, or of the customer, whose responses are stored for a"
                + " short time: a request that is repeated after a failure is then not executed twice. The responses repeat"
                + " what the other parts have.";
    }

    @Override
    public Select select(ExportSubject subject) {
        var patterns = Stream.of(subject.idTexts()).map(id -> "%" + id + "%").toArray(String[]::new);
        return new Select(false).add(OF_TENANT, subject.idTexts(), patterns, patterns, subject.tenant());
    }

    @Override
    public Optional<StoredResponse> value(Row row) {
        if (!Boolean.TRUE.equals(row.getBoolean("concerns"))) {
            return Optional.empty();
        }
        var createdAt = row.getOffsetDateTime("created_at").toInstant();
        return Optional.of(new StoredResponse(
                row.getString("key"),
                row.getString("actor"),
                row.getInteger("status"),
                createdAt,
                createdAt.plus(settings.idempotentResponses())));
    }

    @Override
    public int maxBatch() {
        return ALL_RESPONSES;
    }
}
