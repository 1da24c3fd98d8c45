package io.clientela.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.support.Platform;
import io.clientela.support.TestDatabase;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every table is exported, or there is a reason why it is not: also one that a later migration adds. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class ExportedTablesTest {
    private static final Map<String, String> NOT_EXPORTED = Map.ofEntries(
            Map.entry("api_key", "keys of the business"),
            Map.entry("api_key_secret", "digests of keys of the business"),
            Map.entry("api_key_event", "what the business did with its keys"),
            Map.entry("deleted_customer", "ids of customers who have been deleted"),
            Map.entry("duplicate_key", "hashes of exported fields, made again at any time"),
            Map.entry("duplicate_queue", "ids of customers to be compared, for seconds"),
            Map.entry("event_cursor", "positions of readers"),
            Map.entry("event_horizon", "positions of deleted events"),
            Map.entry("flyway_schema_history", "migrations"),
            Map.entry("import_job", "counts of files that the business sent"),
            Map.entry("import_piece", "parts of such files that wait to be imported, for minutes"),
            Map.entry("import_preview", "what a try of such a file would have written, for minutes"),
            Map.entry("import_preview_identifier", "identifiers of such a try, for minutes"),
            Map.entry("import_preview_item", "calls and orders of such a try, for minutes"),
            Map.entry("import_refusal", "rows of such files that became no customer"),
            Map.entry("webhook", "addresses of the business's own systems"),
            Map.entry("webhook_delivery", "which events of the exported history these systems got"),
            Map.entry("webhook_secret", "keys of the business"));

    private static final List<String> TABLES = TestDatabase.column("SELECT table_name FROM information_schema.tables"
            + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name");

    @Inject
    @All
    List<ExportPart> parts;

    @Test
    void everyTableIsExportedOrExplained() {
        var id = UUID.randomUUID();
        var subject = new ExportSubject("tenant", id, List.of(id));
        var statements =
                parts.stream().map(part -> part.select(subject).toString()).collect(Collectors.joining("\n"));

        assertThat(TABLES).isNotEmpty().allSatisfy(table -> assertThat(
                        NOT_EXPORTED.containsKey(table) || statements.matches("(?s).*(FROM|JOIN) " + table + "\\b.*"))
                .as(table)
                .isTrue());
        assertThat(TABLES).containsAll(NOT_EXPORTED.keySet());
    }

    @Test
    void everyPartHasItsPlace() {
        assertThat(parts).extracting(ExportPart::name).containsExactlyInAnyOrderElementsOf(DataExport.ORDER);
    }
}
