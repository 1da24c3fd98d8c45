package io.clientela.transfer.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.RowReader;
import io.clientela.history.History;
import io.clientela.history.Subject;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The events of imports, recorded in the transactions that start and end them. */
@ApplicationScoped
class ImportEvents {
    /** What the statements return that start or end imports. */
    static final String COLUMNS = """
            tenant_id, id, type, cast(cast(options AS json) ->> 'dry_run' AS boolean), location_id, created, updated,
            unchanged, failed, error_code""";

    private final History history;

    ImportEvents(History history) {
        this.history = history;
    }

    /**
     * An event of an import.
     *
     * @param tenant the import's tenant
     * @param subject the import
     * @param details what it is, and its counts
     */
    private record ImportEvent(String tenant, Subject subject, ObjectNode details) {
        /** Reads {@link #COLUMNS}. */
        static ImportEvent of(RowReader row) {
            String tenant = row.next();
            var subject = Subject.of(Subject.IMPORT, row.<UUID>next());
            var details = JsonNodeFactory.instance.objectNode().put("import_type", row.<String>next());
            details.put("dry_run", row.<Boolean>next());
            putIfPresent(details, "location_id", row.next());
            for (String count : new String[] {"created", "updated", "unchanged", "failed"}) {
                details.put(count, row.<Long>next());
            }
            putIfPresent(details, "error", row.next());
            return new ImportEvent(tenant, subject, details);
        }

        private static void putIfPresent(ObjectNode details, String name, String value) {
            if (value != null) {
                details.put(name, value);
            }
        }
    }

    /** Records what the caller did, in the current transaction. */
    Uni<Void> record(String type, RowReader row) {
        var event = ImportEvent.of(row);
        return history.record(event.subject(), type, event.details());
    }

    /** Records what the service did with each import, in its transaction. */
    Uni<Void> recordAll(SqlConnection transaction, String type, RowSet<Row> rows) {
        return Multi.createFrom()
                .iterable(rows)
                .map(row -> ImportEvent.of(RowReader.of(row.getDelegate())))
                .onItem()
                .transformToUniAndConcatenate(
                        event -> history.record(transaction, event.tenant(), event.subject(), type, event.details()))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
