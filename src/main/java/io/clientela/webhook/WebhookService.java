package io.clientela.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.Database;
import io.clientela.http.ETags;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.problem.ProblemException;
import io.clientela.security.RotationInput;
import io.clientela.tenancy.Caller;
import io.clientela.webhook.send.WebhookSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** The use cases of webhooks. Each method is one transaction, or one read without a transaction. */
@ApplicationScoped
class WebhookService {
    /** How many secrets of a webhook sign at the same time at most: each adds a signature to every delivery. */
    static final int MAX_SECRETS = 5;

    private final Database database;
    private final Caller caller;
    private final WebhookRecords records;
    private final SecretRecords secrets;
    private final WebhookChanges changes;
    private final WebhookPatches patches;
    private final DeliverySettings settings;

    WebhookService(
            Database database,
            Caller caller,
            WebhookRecords records,
            SecretRecords secrets,
            WebhookChanges changes,
            WebhookPatches patches,
            DeliverySettings settings) {
        this.database = database;
        this.caller = caller;
        this.records = records;
        this.secrets = secrets;
        this.changes = changes;
        this.patches = patches;
        this.settings = settings;
    }

    Uni<Page<WebhookView>> list(PageRequest request) {
        return records.page(request);
    }

    /**
     * Returns a webhook.
     *
     * @throws ProblemException 404
     */
    Uni<WebhookView> get(UUID id) {
        return records.find(id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    /**
     * Creates a webhook and returns it with its secret.
     *
     * @throws ProblemException 403 if the caller is confined to a location, 409 if the tenant has too many
     */
    Uni<WebhookView> create(WebhookInput input) {
        if (caller.confinement().isPresent()) {
            throw WebhookProblems.confined();
        }
        var id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        var secret = WebhookSecrets.generate();
        return database.transaction(() -> changes.lock()
                .chain(() -> follow(input))
                .chain(() -> records.insert(id, input, settings.maxPerTenant()))
                .map(created -> created.orElseThrow(() -> WebhookProblems.tooMany(settings.maxPerTenant())))
                .call(() -> secrets.insert(id, secret))
                .call(() -> changes.record(id, "webhook.created"))
                .map(created -> created.showing(secret)));
    }

    /**
     * Changes a webhook by JSON Merge Patch (RFC 7396). One that is switched on again gets the events from then on,
     * after those that it was to get before.
     *
     * @throws ProblemException 404, 412, 422
     */
    Uni<WebhookView> update(UUID id, String ifMatch, ObjectNode patch) {
        return database.transaction(() -> changes.lock().chain(() -> locked(id)).chain(before -> {
            ETags.requireMatch(ifMatch, before.version());
            var after = patches.result(before, patch);
            return after.equals(before.writable()) ? Uni.createFrom().item(before) : write(before, after);
        }));
    }

    private Uni<WebhookView> write(WebhookView before, WebhookInput input) {
        return follow(input)
                .chain(() -> records.update(before.id(), input))
                .call(after -> changes.record(before.id(), type(before, after), patches.changedFields(before, input)))
                .call(changes::endIfUnused);
    }

    private static String type(WebhookView before, WebhookView after) {
        if (before.active() == after.active()) {
            return "webhook.updated";
        }
        return after.active() ? "webhook.enabled" : "webhook.disabled";
    }

    private Uni<Void> follow(WebhookInput input) {
        return input.activeOrDefault() ? changes.follow() : Uni.createFrom().voidItem();
    }

    /**
     * Deletes a webhook. What is being sent may still arrive.
     *
     * @throws ProblemException 404
     */
    Uni<Void> delete(UUID id) {
        return database.transaction(() -> changes.lock()
                .chain(() -> locked(id))
                .chain(() -> records.delete(id))
                .chain(() -> secrets.delete(id))
                .chain(() -> changes.record(id, "webhook.deleted"))
                .chain(changes::endIfUnused));
    }

    /**
     * Gives a webhook a new secret, and ends the present ones after the overlap. Returns it with the new secret.
     *
     * @throws ProblemException 404, 409 if too many secrets sign
     */
    Uni<WebhookView> rotateSecret(UUID id, RotationInput input) {
        var secret = WebhookSecrets.generate();
        return database.transaction(() -> locked(id)
                .call(() -> secrets.end(id, input.overlap()).invoke(WebhookService::requireRoom))
                .call(() -> secrets.insert(id, secret))
                .call(() -> changes.record(id, "webhook.secret_rotated"))
                .map(webhook -> webhook.showing(secret)));
    }

    private static void requireRoom(int signing) {
        if (signing >= MAX_SECRETS) {
            throw WebhookProblems.tooManySecrets(MAX_SECRETS);
        }
    }

    private Uni<WebhookView> locked(UUID id) {
        return records.lock(id).map(found -> found.orElseThrow(ProblemException::notFound));
    }
}
