package io.clientela.merge;

import io.clientela.retention.RetentionRule;
import io.clientela.retention.RetentionSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * What an undo needs: the rows of the sources, and the values that the merge replaced. The merge then stays for ever:
 * the sources lead to the target, by their ids and as aliases.
 */
@Singleton
class MergeSnapshots implements RetentionRule {
    /** 20 merges have at most 1,000 sources. Undos lock the merge, too. */
    private static final String CLEAR = """
            WITH old AS (
                SELECT tenant_id, id FROM merge
                WHERE merged_at < now() - make_interval(secs => $1) AND undone_at IS NULL AND expired_at IS NULL
                ORDER BY merged_at LIMIT 20 FOR UPDATE SKIP LOCKED),
            cleared AS (
                UPDATE merged_customer m
                SET snapshot = '{}', clusters = '{}', default_address = NULL, password_hash = NULL
                FROM old WHERE m.tenant_id = old.tenant_id AND m.merge_id = old.id)
            UPDATE merge m SET changes = '{}', added_clusters = '{}', expired_at = now()
            FROM old WHERE m.tenant_id = old.tenant_id AND m.id = old.id""";

    private final RetentionSettings settings;

    MergeSnapshots(RetentionSettings settings) {
        this.settings = settings;
    }

    @Override
    public String kind() {
        return "merge-snapshots";
    }

    @Override
    public String statement() {
        return CLEAR;
    }

    @Override
    public Optional<Duration> age() {
        return settings.mergeSnapshots();
    }
}
