package io.clientela.transfer.imports;

import io.clientela.retention.RetentionRule;
import io.clientela.retention.RetentionSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** What is deleted of imports that have ended. */
class ImportRetention {
    // Few at a time: each has up to 1 MiB and more.
    private static final String PIECES = """
            DELETE FROM import_piece WHERE (tenant_id, import_id, number) IN (
                SELECT piece.tenant_id, piece.import_id, piece.number
                FROM import_piece piece JOIN import_job job ON job.tenant_id = piece.tenant_id AND job.id = piece.import_id
                WHERE job.finished_at < now() - make_interval(secs => $1)
                LIMIT 100 FOR UPDATE OF piece SKIP LOCKED)""";

    private static final String PREVIEWS = """
            DELETE FROM import_preview WHERE (tenant_id, import_id, customer_id) IN (
                SELECT preview.tenant_id, preview.import_id, preview.customer_id
                FROM import_preview preview
                JOIN import_job job ON job.tenant_id = preview.tenant_id AND job.id = preview.import_id
                WHERE job.finished_at < now() - make_interval(secs => $1)
                LIMIT 1000 FOR UPDATE OF preview SKIP LOCKED)""";

    private static final String PREVIEWED_ITEMS = """
            DELETE FROM import_preview_item WHERE (tenant_id, import_id, external_id) IN (
                SELECT preview.tenant_id, preview.import_id, preview.external_id
                FROM import_preview_item preview
                JOIN import_job job ON job.tenant_id = preview.tenant_id AND job.id = preview.import_id
                WHERE job.finished_at < now() - make_interval(secs => $1)
                LIMIT 1000 FOR UPDATE OF preview SKIP LOCKED)""";

    private static final String REFUSED_ROWS = """
            DELETE FROM import_refusal WHERE (tenant_id, import_id, line) IN (
                SELECT refusal.tenant_id, refusal.import_id, refusal.line
                FROM import_job job JOIN import_refusal refusal
                    ON refusal.tenant_id = job.tenant_id AND refusal.import_id = job.id
                WHERE job.finished_at < now() - make_interval(secs => $1)
                LIMIT 1000 FOR UPDATE OF refusal SKIP LOCKED)""";

    private static final String JOBS = """
            DELETE FROM import_job WHERE (tenant_id, id) IN (
                SELECT tenant_id, id FROM import_job job
                WHERE finished_at < now() - make_interval(secs => $1)
                    AND NOT EXISTS (
                        SELECT FROM import_refusal r WHERE r.tenant_id = job.tenant_id AND r.import_id = job.id)
                    AND NOT EXISTS (
                        SELECT FROM import_piece p WHERE p.tenant_id = job.tenant_id AND p.import_id = job.id)
                    AND NOT EXISTS (
                        SELECT FROM import_preview v WHERE v.tenant_id = job.tenant_id AND v.import_id = job.id)
                    AND NOT EXISTS (
                        SELECT FROM import_preview_item i WHERE i.tenant_id = job.tenant_id AND i.import_id = job.id)
                ORDER BY finished_at LIMIT 1000 FOR UPDATE SKIP LOCKED)""";

    /** A kind, how it is deleted and when. */
    private record Rule(String kind, String statement, Optional<Duration> age) implements RetentionRule {}

    /** Pieces of files that did not arrive or whose imports were cancelled. */
    @Produces
    @Singleton
    RetentionRule pieces() {
        return new Rule("import-pieces", PIECES, Optional.of(Duration.ZERO));
    }

    /** Customers whom imports that were only tried would have written. */
    @Produces
    @Singleton
    RetentionRule previews() {
        return new Rule("import-previews", PREVIEWS, Optional.of(Duration.ZERO));
    }

    /** Addresses, calls and orders that imports that were only tried would have written. */
    @Produces
    @Singleton
    RetentionRule previewedItems() {
        return new Rule("import-previewed-items", PREVIEWED_ITEMS, Optional.of(Duration.ZERO));
    }

    @Produces
    @Singleton
    RetentionRule refusedRows(RetentionSettings settings) {
        return new Rule("import-refused-rows", REFUSED_ROWS, Optional.of(settings.imports()));
    }

    @Produces
    @Singleton
    RetentionRule jobs(RetentionSettings settings) {
        return new Rule("imports", JOBS, Optional.of(settings.imports()));
    }
}
