package io.clientela.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clientela.database.Database;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import org.jboss.logging.Logger;

/** Switches off webhooks that are of no use, outside of any request. */
@ApplicationScoped
class WebhookSwitch {
    /** The receiver answered 410: it wants no more. */
    static final String GONE = "gone";

    /** Every delivery failed for days. */
    static final String FAILING = "failing";

    private static final Logger LOG = Logger.getLogger(WebhookSwitch.class);

    private final Database database;
    private final Caller caller;
    private final WebhookRecords records;
    private final WebhookChanges changes;

    WebhookSwitch(Database database, Caller caller, WebhookRecords records, WebhookChanges changes) {
        this.database = database;
        this.caller = caller;
        this.records = records;
        this.changes = changes;
    }

    /** Switches a webhook off, with an event; has no effect on one that is. */
    @ActivateRequestContext
    Uni<Void> switchOff(Endpoint endpoint, String reason) {
        caller.set(endpoint.tenant(), null, null, false, null);
        var details = JsonNodeFactory.instance.objectNode().put("reason", reason);
        return database.transaction(() -> changes.lock()
                .chain(() -> records.switchOff(endpoint.webhook(), reason))
                .chain(switched -> switched
                        ? changes.record(endpoint.webhook(), "webhook.disabled", details)
                                .chain(changes::endIfUnused)
                                .invoke(() -> LOG.infof(
                                        "Webhook %s of tenant %s was switched off: %s",
                                        endpoint.webhook(), endpoint.tenant(), reason))
                        : Uni.createFrom().voidItem()));
    }
}
