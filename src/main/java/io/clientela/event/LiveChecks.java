package io.clientela.event;

import io.clientela.background.BackgroundWork;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Shows readers that their streams are alive, and ends those whose token has expired or whose key was revoked since: at
 * the latest after a minute.
 */
@ApplicationScoped
class LiveChecks {
    private static final Logger LOG = Logger.getLogger(LiveChecks.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    /** Of the streams, a part is checked at a time. */
    private static final int PARTS = 3;

    private final LiveTenants tenants;
    private final EventMetrics metrics;
    private final IdentityProviderManager identities;
    private int run;

    LiveChecks(LiveTenants tenants, EventMetrics metrics, IdentityProviderManager identities) {
        this.tenants = tenants;
        this.metrics = metrics;
        this.identities = identities;
    }

    void schedule(@Observes StartupEvent started, BackgroundWork background) {
        background.every(INTERVAL, "event-streams", this::check);
    }

    /** Sends a comment to all streams, and authenticates the readers of a part of them again. */
    Uni<Void> check() {
        int part = Math.floorMod(run++, PARTS);
        var streams = tenants.streams();
        streams.stream().filter(stream -> !stream.comment()).forEach(slow -> metrics.letGo());
        return Multi.createFrom()
                .iterable(streams)
                .filter(stream -> Math.floorMod(stream.hashCode(), PARTS) == part)
                .onItem()
                .transformToUniAndConcatenate(this::authenticate)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> authenticate(LiveStream stream) {
        var credential = new TokenCredential(stream.token(), "bearer");
        return identities
                .authenticate(new TokenAuthenticationRequest(credential))
                .replaceWithVoid()
                .onFailure(AuthenticationFailedException.class)
                .invoke(stream::end)
                .onFailure()
                .invoke(failure -> LOG.debugf("The reader of a stream is not authenticated: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
