package io.clientela.idempotency;

import io.clientela.database.AdvisoryLocks;
import io.clientela.database.Database;
import io.clientela.http.Sha256;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.retention.RetentionSettings;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Executes a request once, however often it is sent with the same {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header). The response is stored in the transaction of the request itself: a
 * request that failed stores nothing, and no crash can separate the two.
 */
@ApplicationScoped
public class Idempotency {
    /** The header that carries the key. */
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]{0,253}[\\x21-\\x7E])?");
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");

    private final Caller caller;
    private final Database database;
    private final RetentionSettings retention;

    Idempotency(Caller caller, Database database, RetentionSettings retention) {
        this.caller = caller;
        this.database = database;
        this.retention = retention;
    }

    /**
     * Executes the request, or returns the stored response of an earlier one with the same key.
     *
     * @param header the {@code Idempotency-Key} header, quoted or bare; null for a request without one
     * @param operation the name of the operation, since a key is valid for one operation only
     * @param body the request's body
     * @throws ProblemException 400 for a malformed key, 409 while the first request is still running, 410 if the
     *     response was erased, 422 if the key was used for another request
     */
    public Uni<StoredResponse> once(String header, String operation, byte[] body, Supplier<Uni<StoredResponse>> work) {
        if (header == null) {
            return work.get();
        }
        var key = new IdempotencyRecord.Key(caller.tenant(), caller.actor().orElse(""), key(header));
        var fingerprint =
                fingerprint(operation + caller.location().map(at -> "\n" + at).orElse(""), body);
        return database.transaction(() -> lock(key)
                .chain(() -> IdempotencyRecord.<IdempotencyRecord>findById(key))
                .chain(stored -> stored != null
                                && stored.createdAt.isAfter(Instant.now().minus(retention.idempotentResponses()))
                        ? Uni.createFrom().item(() -> replay(stored, fingerprint))
                        : work.get().call(response -> store(Optional.ofNullable(stored), key, fingerprint, response))));
    }

    private static String key(String header) {
        var quoted = QUOTED.matcher(header.strip());
        var key = quoted.matches() ? quoted.group(1) : header.strip();
        if (!KEY.matcher(key).matches()) {
            throw ProblemException.invalidHeader(HEADER, "must have 1 to 255 printable ASCII characters");
        }
        return key;
    }

    /** Locks the key for one request at a time, until the transaction or the connection ends. */
    private static Uni<Void> lock(IdempotencyRecord.Key key) {
        return AdvisoryLocks.tryAcquire(key.tenantId(), "idempotency", List.of(key.actor() + "\n" + key.key()))
                .invoke(acquired -> {
                    if (!acquired) {
                        throw ProblemException.retryLater(
                                ProblemCode.IDEMPOTENCY_IN_PROGRESS,
                                "The first request with this Idempotency-Key is still running. Retry later.");
                    }
                })
                .replaceWithVoid();
    }

    private static StoredResponse replay(IdempotencyRecord stored, byte[] fingerprint) {
        if (stored.status == ErasedResponses.STATUS) {
            throw new ProblemException(
                    ProblemCode.RESPONSE_ERASED,
                    "This Idempotency-Key was used. Its response had personal data that was erased since,"
                            + " and the request is not executed again. Use a new key for a new request.");
        }
        if (!MessageDigest.isEqual(stored.fingerprint, fingerprint)) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was used for another request. Use a new key for a new request.");
        }
        return new StoredResponse(stored.status, stored.location, stored.etag, stored.body, true);
    }

    private static Uni<Void> store(
            Optional<IdempotencyRecord> expired,
            IdempotencyRecord.Key key,
            byte[] fingerprint,
            StoredResponse response) {
        var stored = expired.orElseGet(IdempotencyRecord::new);
        stored.tenantId = key.tenantId();
        stored.actor = key.actor();
        stored.key = key.key();
        stored.fingerprint = fingerprint;
        stored.status = response.status();
        stored.location = response.location();
        stored.etag = response.etag();
        stored.body = response.body();
        stored.createdAt = Instant.now();
        return stored.persist().replaceWithVoid();
    }

    private static byte[] fingerprint(String operation, byte[] body) {
        return Sha256.digest((operation + "\n").getBytes(StandardCharsets.UTF_8), body);
    }
}
