package io.clientela.idempotency;

import io.clientela.retention.RetentionRule;
import io.clientela.retention.RetentionSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Stored responses that are not replayed any more. */
@Singleton
class ExpiredResponses implements RetentionRule {
    /** How far the clocks of the instances, which say when a response was stored, may be behind the database's. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final String DELETE = """
            DELETE FROM idempotency_key WHERE (tenant_id, actor, key) IN (
                SELECT tenant_id, actor, key FROM idempotency_key
                WHERE created_at < now() - make_interval(secs => $1)
                ORDER BY created_at LIMIT 1000 FOR UPDATE SKIP LOCKED)""";

    private final RetentionSettings settings;

    ExpiredResponses(RetentionSettings settings) {
        this.settings = settings;
    }

    @Override
    public String kind() {
        return "idempotent-responses";
    }

    @Override
    public String statement() {
        return DELETE;
    }

    @Override
    public Optional<Duration> age() {
        return Optional.of(settings.idempotentResponses().plus(CLOCK_SKEW));
    }
}
