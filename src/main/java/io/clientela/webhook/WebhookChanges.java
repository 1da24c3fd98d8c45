package io.clientela.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.AdvisoryLocks;
import io.clientela.history.EventCursors;
import io.clientela.history.EventReader;
import io.clientela.history.History;
import io.clientela.history.Subject;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a change to the webhooks of the caller's tenant means to others, in the current transaction: an event, and
 * whether the tenant's events are followed. Those of a tenant without active webhooks are not, so that none is kept for
 * a reader that does not come.
 */
@ApplicationScoped
class WebhookChanges {
    /** Follows the events of tenants with active webhooks. */
    static final EventReader READER = new EventReader("webhooks", Set.of(), Set.of());

    private final Caller caller;
    private final WebhookRecords records;
    private final EventCursors cursors;
    private final History history;

    WebhookChanges(Caller caller, WebhookRecords records, EventCursors cursors, History history) {
        this.caller = caller;
        this.records = records;
        this.cursors = cursors;
        this.history = history;
    }

    /** Serialises the changes of a tenant's webhooks, which are rare. Acquire it before rows are locked. */
    Uni<Void> lock() {
        return AdvisoryLocks.acquire(caller.tenant(), "webhooks", List.of(""));
    }

    /**
     * Follows the tenant's events from now on, unless they are followed. Call it before a webhook is switched on: it
     * gets what was committed after that, which must not be before the position.
     */
    Uni<Void> follow() {
        return cursors.begin(READER, caller.tenant());
    }

    /** Ends following if no webhook is switched on any more. */
    Uni<Void> endIfUnused() {
        return records.hasActive()
                .chain(active -> active ? Uni.createFrom().voidItem() : cursors.end(READER, caller.tenant()));
    }

    Uni<Void> record(UUID id, String type) {
        return record(id, type, JsonNodeFactory.instance.objectNode());
    }

    Uni<Void> record(UUID id, String type, ObjectNode details) {
        return history.record(Subject.of(Subject.WEBHOOK, id), type, details);
    }
}
