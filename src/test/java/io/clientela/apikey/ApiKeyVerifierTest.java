package io.clientela.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.security.Bearer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Readings that end in an order that a test chooses; {@link ApiKeyReplicaTest} has the real ones. */
class ApiKeyVerifierTest {
    private final KeyText key = KeyText.generate("ck", UUID.randomUUID());
    private final Queue<CompletableFuture<Optional<WorkingKey>>> readings = new ArrayDeque<>();
    private final ApiKeyVerifier verifier = new ApiKeyVerifier(new ApiKeyLookup(null) {
        @Override
        Uni<Optional<WorkingKey>> find(UUID id) {
            var reading = new CompletableFuture<Optional<WorkingKey>>();
            readings.add(reading);
            return Uni.createFrom().completionStage(reading);
        }
    });

    private CompletableFuture<Bearer> use() {
        return verifier.bearer(key.text()).orElseThrow().subscribeAsCompletionStage();
    }

    private Optional<WorkingKey> working() {
        var bearer = new Bearer(Optional.empty(), List.of("acme"), Optional.empty(), Set.of(), Instant.MAX);
        return Optional.of(new WorkingKey(
                key.id(), "ck", bearer, List.of(key.hash()), Duration.ofDays(1), System.nanoTime(), false));
    }

    @Test
    void knownKeyIsNotReadAgain() {
        var first = use();
        readings.remove().complete(working());

        assertThat(first).isCompleted();
        assertThat(use()).isCompleted();
        assertThat(readings).isEmpty();
    }

    @Test
    void forgottenKeyIsReadAgain() {
        use();
        readings.remove().complete(working());

        verifier.forget(key.id());

        assertThat(use()).isNotDone();
    }

    /** The reading saw the key before it was revoked, and ends after it. */
    @Test
    void readingFromBeforeRevocationIsNotRemembered() {
        var early = use();
        verifier.forget(key.id());
        readings.remove().complete(working());

        assertThat(early).isCompleted();
        assertThat(use()).isNotDone();
    }

    @Test
    void tooManyReadingsAreNoTenantsFault() {
        var use = use();
        readings.remove().completeExceptionally(Failures.tooManyRequests());

        assertThatThrownBy(use::join).hasCauseInstanceOf(ProblemException.class).satisfies(failure -> assertThat(
                        ((ProblemException) failure.getCause()).code())
                .isEqualTo(ProblemCode.OVERLOADED));
    }
}
