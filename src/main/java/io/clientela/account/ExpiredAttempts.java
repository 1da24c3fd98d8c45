package io.clientela.account;

import io.clientela.retention.RetentionRule;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Counters of wrong passwords that limit nothing any more. */
@Singleton
class ExpiredAttempts implements RetentionRule {
    private static final String DELETE = """
            DELETE FROM failed_attempt WHERE (tenant_id, kind, key) IN (
                SELECT tenant_id, kind, key FROM failed_attempt
                WHERE since < now() - make_interval(secs => $1)
                ORDER BY since LIMIT 1000 FOR UPDATE SKIP LOCKED)""";

    private final AccountSettings settings;

    ExpiredAttempts(AccountSettings settings) {
        this.settings = settings;
    }

    @Override
    public String kind() {
        return "failed-attempts";
    }

    @Override
    public String statement() {
        return DELETE;
    }

    @Override
    public Optional<Duration> age() {
        return Optional.of(settings.failureWindow());
    }
}
