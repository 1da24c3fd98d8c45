package io.clientela.account;

import io.clientela.customer.CustomerLogins;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Moves passwords between the accounts of customers who are merged, and back. */
@Singleton
class MergedLogins implements CustomerLogins {
    private static final String HASHES =
            "SELECT customer_id, password_hash FROM customer_account WHERE tenant_id = $1 AND customer_id = ANY("
                    + TenantStatement.array(2, "uuid") + ") AND password_hash IS NOT NULL";

    private static final String GIVE = """
            INSERT INTO customer_account AS a (tenant_id, customer_id, email_key, password_hash, session, tokens_from)
            SELECT $1, c.id, c.email_key, $3, 1, clock_timestamp() FROM customer c
            WHERE c.tenant_id = $1 AND c.id = $2 AND c.email_key IS NOT NULL AND NOT EXISTS (
                SELECT FROM customer_account other
                WHERE other.tenant_id = $1 AND other.email_key = c.email_key AND other.customer_id <> c.id)
            ON CONFLICT (tenant_id, customer_id) DO UPDATE SET email_key = excluded.email_key,
                password_hash = excluded.password_hash, session = a.session + 1, tokens_from = excluded.tokens_from
                WHERE a.password_hash IS NULL""";

    private static final String TAKE = """
            UPDATE customer_account
            SET password_hash = NULL, email_key = NULL, session = session + 1, tokens_from = clock_timestamp()
            WHERE tenant_id = $1 AND customer_id = $2 AND password_hash = ANY(%s)""".formatted(TenantStatement.array(3, "text"));

    private final Caller caller;

    MergedLogins(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Uni<Map<UUID, String>> passwordHashes(Collection<UUID> customers) {
        return TenantStatement.query(caller.tenant(), HASHES, (Object) customers.toArray(UUID[]::new))
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (UUID) row[0], row -> (String) row[1])));
    }

    @Override
    public Uni<Void> give(UUID customer, String passwordHash) {
        return TenantStatement.update(caller.tenant(), GIVE, customer, passwordHash)
                .replaceWithVoid();
    }

    /** A hash has a random salt, so that an equal one is the same password, set at the same time. */
    @Override
    public Uni<Void> take(UUID customer, Collection<String> passwordHashes) {
        return TenantStatement.update(caller.tenant(), TAKE, customer, passwordHashes.toArray(String[]::new))
                .replaceWithVoid();
    }
}
