package io.clientela.webhook;

import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The secrets of webhooks of the caller's tenant, in the current transaction, which has locked the webhook. */
@ApplicationScoped
class SecretRecords {
    private static final String INSERT = """
            INSERT INTO webhook_secret (tenant_id, webhook_id, secret, created_at)
            VALUES ($1, $2, $3, clock_timestamp())""";

    private static final String DELETE_ENDED =
            "DELETE FROM webhook_secret WHERE tenant_id = $1 AND webhook_id = $2 AND expires_at <= clock_timestamp()";

    private static final String END = """
            UPDATE webhook_secret
            SET expires_at = least(expires_at, clock_timestamp() + $3::float8 * interval '1 second')
            WHERE tenant_id = $1 AND webhook_id = $2""";

    private static final String DELETE = "DELETE FROM webhook_secret WHERE tenant_id = $1 AND webhook_id = $2";

    private final Caller caller;

    SecretRecords(Caller caller) {
        this.caller = caller;
    }

    Uni<Void> insert(UUID webhook, String secret) {
        return TenantStatement.update(caller.tenant(), INSERT, webhook, secret).replaceWithVoid();
    }

    /**
     * Ends the secrets after an overlap, but none later than it would have ended.
     *
     * @return how many go on signing until then
     */
    Uni<Integer> end(UUID webhook, int overlapSeconds) {
        return TenantStatement.update(caller.tenant(), DELETE_ENDED, webhook)
                .chain(() -> overlapSeconds == 0
                        ? delete(webhook).replaceWith(0)
                        : TenantStatement.update(caller.tenant(), END, webhook, (double) overlapSeconds));
    }

    Uni<Void> delete(UUID webhook) {
        return TenantStatement.update(caller.tenant(), DELETE, webhook).replaceWithVoid();
    }
}
