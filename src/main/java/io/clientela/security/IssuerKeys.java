package io.clientela.security;

import io.clientela.http.problem.ProblemException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The issuer's keys as they were last read, and the reading of them (ADR 6). Keys that are given by URL are fetched at
 * the start, every minute, and when a token names an unknown key; one fetch at a time, on a worker thread, and none
 * within five seconds of the last. A fetch that fails leaves the known keys in use.
 */
@ApplicationScoped
class IssuerKeys {
    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
    /** How long a request waits for a fetch. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final JWTAuthContextInfo settings;
    private volatile TokenVerifier known;
    private CompletableFuture<TokenVerifier> latest;
    private long startedAt;

    IssuerKeys(JWTAuthContextInfo settings) {
        this.settings = settings;
    }

    void readAtStart(@Observes StartupEvent started) {
        if (isFetched()) {
            latestFetch();
        } else {
            known = TokenVerifier.withKeysOf(settings);
        }
    }

    /**
     * Returns the verifier with the known keys, and fetches them first if there are none.
     *
     * @throws ProblemException 503 if the keys cannot be fetched
     */
    Uni<TokenVerifier> current() {
        return known != null ? Uni.createFrom().item(known) : fetched();
    }

    /**
     * Returns the verifier with the keys of a fetch that was made at most five seconds ago, for a token with an unknown
     * key.
     *
     * @throws ProblemException 503 if that fetch failed: the token may be good
     */
    Uni<TokenVerifier> fetched() {
        if (!isFetched()) {
            return Uni.createFrom().item(known);
        }
        // A copy, because a request that stops waiting cancels its future.
        return Uni.createFrom()
                .completionStage(() -> latestFetch().copy())
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(failure -> ProblemException.unavailable("The issuer's keys cannot be fetched.")
                        .header("Retry-After", String.valueOf(MIN_INTERVAL.toSeconds())));
    }

    @Scheduled(every = "1m", delayed = "1m")
    Uni<Void> refresh() {
        return fetched().replaceWithVoid().onFailure().recoverWithNull();
    }

    private boolean isFetched() {
        return settings.getPublicKeyContent() == null && settings.getPublicVerificationKey() == null;
    }

    private synchronized CompletableFuture<TokenVerifier> latestFetch() {
        boolean isRecent = latest != null && System.nanoTime() - startedAt < MIN_INTERVAL.toNanos();
        if (!isRecent && (latest == null || latest.isDone())) {
            startedAt = System.nanoTime();
            latest = CompletableFuture.supplyAsync(this::fetch, Infrastructure.getDefaultExecutor());
        }
        return latest;
    }

    private TokenVerifier fetch() {
        try {
            known = TokenVerifier.withKeys(settings, new JwkSetClient(settings).fetch());
            return known;
        } catch (UnresolvableKeyException | RuntimeException e) {
            LOG.warnf("Issuer keys not fetched from %s: %s", settings.getPublicKeyLocation(), e);
            throw new IllegalStateException(e);
        }
    }
}
