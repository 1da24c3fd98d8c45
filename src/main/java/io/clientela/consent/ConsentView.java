package io.clientela.consent;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of a consent, as callers read it. */
@RegisterForReflection
@Schema(name = "Consent")
public record ConsentView(
        String preference,
        @Schema(nullable = true) Boolean granted,
        boolean current,
        Instant at,
        String actor,
        ConsentSource source,
        UUID customerId,
        long version) {
    /** Returns the view of the customer itself, who is not shown which of the business's people acted. */
    ConsentView ofOwn() {
        var shownActor = source == ConsentSource.SELF_SERVICE ? actor : null;
        return new ConsentView(preference, granted, current, at, shownActor, source, customerId, version);
    }
}
