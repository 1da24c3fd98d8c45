package io.clientela.account;

import io.clientela.database.Database;
import io.clientela.http.Sha256;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Limits how many wrong passwords an account and an address may send. An attempt is counted before the password is
 * checked and taken back if it is right, so that requests at the same time are limited, too. The counters are rows of
 * the database, and times are its times: all instances of the service share both.
 */
@ApplicationScoped
class FailedAttempts {
    private static final String COUNT = """
            INSERT INTO failed_attempt AS f (tenant_id, kind, key, count, since)
            VALUES ($1, 'account', $2, 1, now()), ($1, 'address', $3, 1, now())
            ON CONFLICT (tenant_id, kind, key) DO UPDATE SET
                count = CASE WHEN f.since <= now() - make_interval(secs => $4) THEN 1 ELSE f.count + 1 END,
                since = CASE WHEN f.since <= now() - make_interval(secs => $4) THEN now() ELSE f.since END
            RETURNING kind, count,
                cast(ceil(extract(epoch FROM f.since + make_interval(secs => $4) - now())) AS integer) AS seconds_left""";

    private static final String TAKE_BACK = "UPDATE failed_attempt SET count = greatest(0, count - 1)"
            + " WHERE tenant_id = $1 AND kind = $2 AND key = $3";

    private static final String DELETE =
            "DELETE FROM failed_attempt WHERE tenant_id = $1 AND kind = 'account' AND key = $2";

    private final Database database;
    private final Caller caller;
    private final AccountSettings settings;

    FailedAttempts(Database database, Caller caller, AccountSettings settings) {
        this.database = database;
        this.caller = caller;
        this.settings = settings;
    }

    /**
     * Runs the check of a password, unless the account or the address has sent too many wrong ones.
     *
     * @param account what names the account in the tenant, whether it exists or not
     * @param address the network address of the caller
     * @param check returns what a right password gives access to; empty for a wrong one
     * @throws ProblemException 429 {@code too_many_attempts}
     */
    <T> Uni<Optional<T>> limit(String account, String address, Supplier<Uni<Optional<T>>> check) {
        var accountKey = key(account);
        var addressKey = key(address);
        return count(accountKey, addressKey)
                .chain(() -> check.get().onFailure().call(() -> takeBack("account", accountKey)
                        .chain(() -> takeBack("address", addressKey))))
                .call(access -> access.isPresent()
                        ? database.queryUnauthenticated(DELETE, Tuple.of(caller.tenant(), accountKey))
                                .chain(() -> takeBack("address", addressKey))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> count(String account, String address) {
        return database.queryUnauthenticated(COUNT, Tuple.of(caller.tenant(), account, address, (double)
                        settings.failureWindow().toSeconds()))
                .invoke(counters -> counters.forEach(this::requireWithinLimit))
                .replaceWithVoid();
    }

    private void requireWithinLimit(Row counter) {
        int limit =
                counter.getString("kind").equals("account") ? settings.maxFailures() : settings.maxFailuresPerAddress();
        if (counter.getInteger("count") > limit) {
            throw AccountProblems.tooManyAttempts(Math.max(1, counter.getInteger("seconds_left")));
        }
    }

    private Uni<Void> takeBack(String kind, String key) {
        return database.queryUnauthenticated(TAKE_BACK, Tuple.of(caller.tenant(), kind, key))
                .replaceWithVoid();
    }

    /** Returns the key of an account or address. */
    static String key(String text) {
        return HexFormat.of().formatHex(Sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
