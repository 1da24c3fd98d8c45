package io.clientela.merge;

import io.clientela.retention.RetentionRule;
import io.clientela.retention.RetentionSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** The values of the target that a merge replaced, and that its undo has given back. The merge stays listed. */
@Singleton
class UndoneMerges implements RetentionRule {
    private static final String CLEAR = """
            UPDATE merge SET changes = '{}' WHERE (tenant_id, id) IN (
                SELECT tenant_id, id FROM merge
                WHERE undone_at < now() - make_interval(secs => $1) AND changes <> '{}'
                ORDER BY undone_at LIMIT 1000 FOR UPDATE SKIP LOCKED)""";

    private final RetentionSettings settings;

    UndoneMerges(RetentionSettings settings) {
        this.settings = settings;
    }

    @Override
    public String kind() {
        return "undone-merges";
    }

    @Override
    public String statement() {
        return CLEAR;
    }

    @Override
    public Optional<Duration> age() {
        return Optional.of(settings.undoneMerges());
    }
}
