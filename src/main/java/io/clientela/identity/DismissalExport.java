package io.clientela.identity;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The exported dismissals of likely duplicates of a customer. */
@Singleton
class DismissalExport implements ExportPart {
    private static final String OF_CUSTOMERS = """
            SELECT CASE WHEN a = ANY(?) THEN b ELSE a END AS other, dismissed_at, dismissed_by
            FROM duplicate_dismissal WHERE tenant_id = ? AND (a = ANY(?) OR b = ANY(?)) ORDER BY dismissed_at, a, b""";

    /** Another customer of whom somebody said that they are not the same person. */
    @RegisterForReflection
    record Dismissal(UUID customerId, Instant dismissedAt, String dismissedBy) {}

    @Override
    public String name() {
        return "dismissed_duplicates";
    }

    @Override
    public String explanation() {
        return "Other customers of whom somebody said that they are not the same person: when, and who.";
    }

    @Override
    public Select select(ExportSubject subject) {
        var ids = subject.idArray();
        return new Select(false).add(OF_CUSTOMERS, ids, subject.tenant(), ids, ids);
    }

    @Override
    public Optional<Dismissal> value(Row row) {
        return Optional.of(new Dismissal(
                row.getUUID("other"),
                row.getOffsetDateTime("dismissed_at").toInstant(),
                row.getString("dismissed_by")));
    }
}
