package io.clientela.apikey;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.security.ApiKeys;
import io.clientela.security.Bearer;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Verifies API keys against those that were read lately, and reads the others. */
@Singleton
class ApiKeyVerifier implements ApiKeys {
    private final ApiKeyLookup lookup;
    private final ApiKeyCache cache = new ApiKeyCache();

    ApiKeyVerifier(ApiKeyLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public Optional<Uni<Bearer>> bearer(String token) {
        return KeyText.parse(token).map(this::verify);
    }

    /** Makes a change to a key effective on this replica. To be called after the change was committed. */
    void forget(UUID id) {
        cache.evict(id);
    }

    /** A key with another secret is read again: another replica may have rotated it. */
    private Uni<Bearer> verify(KeyText sent) {
        return cache.get(sent.id())
                .filter(key -> key.matches(sent))
                .map(key -> Uni.createFrom().item(key.bearer()))
                .orElseGet(() -> read(sent));
    }

    private Uni<Bearer> read(KeyText sent) {
        long evictions = cache.evictions();
        return lookup.find(sent.id())
                .onFailure(ApiKeyVerifier::isTooMany)
                .transform(failure -> Failures.overloaded())
                .invoke(found -> found.ifPresent(key -> cache.put(key, evictions)))
                .map(found -> found.filter(key -> key.matches(sent)).orElseThrow(() -> rejected(sent)))
                .call(lookup::recordUse)
                .map(WorkingKey::bearer);
    }

    /** The share of all callers that are not known yet is used up: nobody's tenant asks for too much. */
    private static boolean isTooMany(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == ProblemCode.TOO_MANY_REQUESTS;
    }

    private static AuthenticationFailedException rejected(KeyText sent) {
        return new AuthenticationFailedException(
                "The API key " + sent + " is unknown, revoked or past its end, or its secret is another one");
    }
}
