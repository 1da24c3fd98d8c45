package io.clientela.transfer.imports;

import io.clientela.retention.RetentionRule;
import io.clientela.retention.RetentionSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is deleted of imports that have ended. */
class ImportRetention {
    /** The tables with parts of imports, and the column that is in their keys beside the import's. */
    private static final Map<String, String> PARTS = new TreeMap<>(Map.of(
            "import_piece", "number",
            "import_preview", "customer_id",
            "import_preview_item", "external_id",
            "import_refusal", "line"));

    private static final String DELETE_PARTS = """
            DELETE FROM %1$s WHERE (tenant_id, import_id, %2$s) IN (
                SELECT part.tenant_id, part.import_id, part.%2$s
                FROM import_job job JOIN %1$s part ON part.tenant_id = job.tenant_id AND part.import_id = job.id
                WHERE job.finished_at < now() - make_interval(secs => $1)
                LIMIT %3$d FOR UPDATE OF part SKIP LOCKED)""";

    private static final String HAS_NO_PART =
            " AND NOT EXISTS (SELECT FROM %s part WHERE part.tenant_id = job.tenant_id AND part.import_id = job.id)";

    private static final String DELETE_JOBS =
            """
            DELETE FROM import_job WHERE (tenant_id, id) IN (
                SELECT tenant_id, id FROM import_job job WHERE finished_at < now() - make_interval(secs => $1)%s
                ORDER BY finished_at LIMIT 1000 FOR UPDATE SKIP LOCKED)""".formatted(PARTS.keySet().stream().map(HAS_NO_PART::formatted).collect(Collectors.joining()));

    private static final int MAX_ROWS = 1_000;

    /** Each has up to 1 MiB and more. */
    private static final int MAX_PIECES = 100;

    /** A kind, how it is deleted and when. */
    private record Rule(String kind, String statement, Optional<Duration> age) implements RetentionRule {}

    private static String partsOf(String table, int max) {
        return DELETE_PARTS.formatted(table, PARTS.get(table), max);
    }

    /** Pieces of files that did not arrive or whose imports were cancelled. */
    @Produces
    @Singleton
    RetentionRule pieces() {
        return new Rule("import-pieces", partsOf("import_piece", MAX_PIECES), Optional.of(Duration.ZERO));
    }

    /** Customers whom imports that were only tried would have written. */
    @Produces
    @Singleton
    RetentionRule previews() {
        return new Rule("import-previews", partsOf("import_preview", MAX_ROWS), Optional.of(Duration.ZERO));
    }

    /** Addresses, calls and orders that imports that were only tried would have written. */
    @Produces
    @Singleton
    RetentionRule previewedItems() {
        return new Rule("import-previewed-items", partsOf("import_preview_item", MAX_ROWS), Optional.of(Duration.ZERO));
    }

    @Produces
    @Singleton
    RetentionRule refusedRows(RetentionSettings settings) {
        return new Rule("import-refused-rows", partsOf("import_refusal", MAX_ROWS), Optional.of(settings.imports()));
    }

    @Produces
    @Singleton
    RetentionRule jobs(RetentionSettings settings) {
        return new Rule("imports", DELETE_JOBS, Optional.of(settings.imports()));
    }
}
