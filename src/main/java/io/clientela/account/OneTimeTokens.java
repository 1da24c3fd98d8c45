package io.clientela.account;

import io.clientela.customer.CustomerLocks;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.Sha256;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;

/**
 * Tokens that prove, once, that a customer received an e-mail: 256 random bits, of which only the SHA-256 is stored.
 * The business sends them.
 */
@ApplicationScoped
class OneTimeTokens {
    /** What a token permits. */
    enum Purpose {
        EMAIL_VERIFICATION("email_verification", Duration.ofHours(24)),
        PASSWORD_RESET("password_reset", Duration.ofHours(1));

        private final String value;
        private final Duration lifetime;

        Purpose(String value, Duration lifetime) {
            this.value = value;
            this.lifetime = lifetime;
        }
    }

    private static final int TOKEN_BYTES = 32;

    private static final String INSERT = """
            INSERT INTO customer_token (tenant_id, customer_id, purpose, hash, email_key, expires_at)
            VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))
            ON CONFLICT (tenant_id, customer_id, purpose) DO UPDATE SET
                hash = excluded.hash, email_key = excluded.email_key, expires_at = excluded.expires_at
            RETURNING expires_at""";

    private static final String OWNER = """
            SELECT customer_id FROM customer_token
            WHERE tenant_id = $1 AND purpose = $2 AND hash = $3 AND expires_at > clock_timestamp()""";

    private static final String SPEND = """
            DELETE FROM customer_token
            WHERE tenant_id = $1 AND customer_id = $2 AND purpose = $3 AND hash = $4 AND expires_at > clock_timestamp()
            RETURNING email_key""";

    private static final String REVOKE =
            "DELETE FROM customer_token WHERE tenant_id = $1 AND customer_id = $2 AND purpose = $3";

    private final Database database;
    private final Caller caller;
    private final CustomerLocks locks;
    private final SecureRandom random = new SecureRandom();

    OneTimeTokens(Database database, Caller caller, CustomerLocks locks) {
        this.database = database;
        this.caller = caller;
        this.locks = locks;
    }

    /**
     * Issues a token for a customer's e-mail. It replaces an earlier one for the same purpose.
     *
     * @throws ProblemException 404, 409 {@code merged} or {@code email_required}, 403 {@code account_blocked}
     */
    Uni<OneTimeTokenView> issue(UUID customer, Purpose purpose) {
        var token = newToken();
        return database.transaction(() -> locks.lock(customer, null).chain(locked -> {
                    requireOpen(locked);
                    var email = AccountRecords.emailKey(locked).orElseThrow(AccountProblems::emailRequired);
                    return TenantStatement.query(
                            caller.tenant(), INSERT, customer, purpose.value, hash(token), email, (double)
                                    purpose.lifetime.toSeconds());
                }))
                .map(rows -> new OneTimeTokenView(token, ((OffsetDateTime) rows.get(0)[0]).toInstant()));
    }

    /**
     * Returns the customer to whom a token was issued. It can be spent by another request until {@link #spend}.
     *
     * @throws ProblemException 422 if the token is unknown, expired or spent
     */
    Uni<UUID> owner(String token, Purpose purpose) {
        return database.queryUnauthenticated(OWNER, Tuple.of(caller.tenant(), purpose.value, hash(token)))
                .map(rows -> rows.stream()
                        .findFirst()
                        .orElseThrow(AccountProblems::invalidToken)
                        .getUUID(0));
    }

    /**
     * Spends a token in the current transaction, and returns the locked customer, who acts from here on.
     *
     * @throws ProblemException 422 if the token is unknown, expired, spent, or was issued for another e-mail; 403
     *     {@code account_blocked}
     */
    Uni<LockedCustomer> spend(String token, Purpose purpose, UUID owner) {
        return locks.lock(owner, null)
                .invoke(OneTimeTokens::requireOpen)
                .call(customer -> TenantStatement.query(caller.tenant(), SPEND, owner, purpose.value, hash(token))
                        .invoke(spent -> {
                            var email = spent.isEmpty() ? null : (String) spent.get(0)[0];
                            if (email == null
                                    || !AccountRecords.emailKey(customer)
                                            .filter(email::equals)
                                            .isPresent()) {
                                throw AccountProblems.invalidToken();
                            }
                        }))
                .invoke(customer -> caller.setCustomer(owner));
    }

    /** Revokes a customer's token in the current transaction, if there is one. */
    Uni<Void> revoke(UUID customer, Purpose purpose) {
        return TenantStatement.update(caller.tenant(), REVOKE, customer, purpose.value)
                .replaceWithVoid();
    }

    private static void requireOpen(LockedCustomer customer) {
        if (!AccountRecords.isOpen(customer)) {
            throw AccountProblems.blocked();
        }
    }

    private String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Buffer hash(String token) {
        return Buffer.buffer(Sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
