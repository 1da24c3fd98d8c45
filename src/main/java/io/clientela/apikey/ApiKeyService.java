package io.clientela.apikey;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.Database;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.security.Bearer;
import io.clientela.security.RotationInput;
import io.clientela.tenancy.Caller;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/**
 * The use cases of API keys. Each method is one transaction, or one read without a transaction. Whoever obtains a
 * secret, by a new key or by rotating one, has all that it grants.
 */
@ApplicationScoped
class ApiKeyService {
    /** How many secrets of a key work at the same time at most: each is compared when the key is used. */
    static final int MAX_SECRETS = 5;

    private final Database database;
    private final Caller caller;
    private final CurrentIdentityAssociation identity;
    private final ApiKeyRecords records;
    private final ApiKeyEvents events;

    ApiKeyService(
            Database database,
            Caller caller,
            CurrentIdentityAssociation identity,
            ApiKeyRecords records,
            ApiKeyEvents events) {
        this.database = database;
        this.caller = caller;
        this.identity = identity;
        this.records = records;
        this.events = events;
    }

    Uni<Page<ApiKeyView>> list(PageRequest request) {
        return records.page(request);
    }

    Uni<Page<ApiKeyEventView>> history(Optional<UUID> keyId, PageRequest request) {
        return events.page(keyId, request);
    }

    /**
     * Returns a key.
     *
     * @throws ProblemException 404
     */
    Uni<ApiKeyView> get(UUID id) {
        return records.find(id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    /**
     * Creates a key and returns it with the key itself.
     *
     * @throws ProblemException 403 if the caller lacks what the key would grant
     */
    Uni<ApiKeyView> create(ApiKeyInput input) {
        var grant = input.grant(caller.location()).endingWith(maker());
        grant.requireWithin(maker());
        var key = KeyText.generate(input.prefixOrDefault(), UuidVersion7Strategy.INSTANCE.generateUuid(null));
        return database.transaction(() -> records.insert(key, input.strippedName(), grant)
                .call(view -> events.write(view, "api_key.created", details(view)))
                .map(view -> view.showing(key)));
    }

    /**
     * Gives a key a new secret, and ends the present ones after the overlap. Returns the key with the new secret.
     *
     * @throws ProblemException 404, 409 if the key does not work or has too many secrets that do, 403 if the caller
     *     lacks what the key grants
     */
    Uni<ApiKeyView> rotate(UUID id, RotationInput input) {
        return database.transaction(() -> records.lock(id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .invoke(this::requireRotatable)
                .call(locked -> records.endSecrets(id, input.overlap())
                        .invoke(working -> requireRoom(working, input.overlap())))
                .chain(locked -> renew(locked, input.overlap())));
    }

    private Uni<ApiKeyView> renew(LockedKey locked, int overlap) {
        var key = KeyText.generate(locked.prefix(), locked.view().id());
        var details = JsonNodeFactory.instance.objectNode().put("overlap_seconds", overlap);
        return records.insertSecret(key)
                .chain(() -> events.write(locked.view(), "api_key.rotated", details))
                .map(written -> locked.view().showing(key));
    }

    /**
     * Revokes a key; has no effect on one that is revoked.
     *
     * @throws ProblemException 404
     */
    Uni<Void> revoke(UUID id) {
        return database.transaction(() -> records.lock(id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .chain(locked -> locked.view().revokedAt() != null
                        ? Uni.createFrom().voidItem()
                        : records.revoke(id)
                                .chain(() -> events.write(
                                        locked.view(), "api_key.revoked", JsonNodeFactory.instance.objectNode()))));
    }

    private void requireRotatable(LockedKey locked) {
        locked.view().grant().requireWithin(maker());
        if (!locked.isActive()) {
            throw new ProblemException(
                    ProblemCode.API_KEY_INACTIVE, "The API key is revoked or past its end. Create a new one.");
        }
    }

    private static void requireRoom(int working, int overlap) {
        if (overlap > 0 && working >= MAX_SECRETS) {
            throw new ProblemException(
                    ProblemCode.ROTATION_REFUSED,
                    "The API key has " + MAX_SECRETS + " secrets that work. Wait until one ends, or rotate with"
                            + " overlap_seconds 0, which ends all of them.");
        }
    }

    private Bearer maker() {
        return (Bearer) identity.getIdentity().getPrincipal();
    }

    private static ObjectNode details(ApiKeyView key) {
        var details = JsonNodeFactory.instance.objectNode().put("name", key.name());
        key.scopes().forEach(details.putArray("scopes")::add);
        Optional.ofNullable(key.location()).ifPresent(location -> details.put("location", location));
        Optional.ofNullable(key.expiresAt()).map(Instant::toString).ifPresent(end -> details.put("expires_at", end));
        return details;
    }
}
