package io.clientela.security;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the issuer's keys have been had, and from then on: known keys work through an outage of the issuer. */
@Readiness
@ApplicationScoped
class IssuerKeysCheck implements AsyncHealthCheck {
    /** Probes give up after a second by default. */
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final IssuerKeys keys;

    IssuerKeysCheck(IssuerKeys keys) {
        this.keys = keys;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var check = HealthCheckResponse.named("issuer-keys");
        return keys.current()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(known -> check.up().build())
                .onFailure()
                .recoverWithItem(() -> check.down().build());
    }
}
