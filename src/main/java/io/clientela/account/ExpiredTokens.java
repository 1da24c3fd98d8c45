package io.clientela.account;

import io.clientela.retention.RetentionRule;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** One-time tokens that can no longer be spent. */
@Singleton
class ExpiredTokens implements RetentionRule {
    private static final String DELETE = """
            DELETE FROM customer_token WHERE (tenant_id, customer_id, purpose) IN (
                SELECT tenant_id, customer_id, purpose FROM customer_token
                WHERE expires_at < now() - make_interval(secs => $1)
                ORDER BY expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED)""";

    @Override
    public String kind() {
        return "one-time-tokens";
    }

    @Override
    public String statement() {
        return DELETE;
    }

    /** Returns the time after the end of their lifetime. */
    @Override
    public Optional<Duration> age() {
        return Optional.of(Duration.ZERO);
    }
}
