package io.clientela.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long overviews are kept, and who shares a computation. */
class OverviewsTest {
    private static final OverviewView OVERVIEW = new OverviewView(
            1,
            1,
            BigDecimal.ONE,
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            new OverviewView.Ranking(List.of(), 0, 1),
            new OverviewView.Ranking(List.of(), 0, 1),
            0,
            Instant.EPOCH);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<UniEmitter<? super OverviewView>> computations = new LinkedBlockingQueue<>();

    private final Overviews overviews = new Overviews((tenant, location) ->
            Uni.createFrom().emitter((UniEmitter<? super OverviewView> emitter) -> computations.add(emitter)));

    @AfterEach
    void close() {
        vertx.close();
    }

    private CompletableFuture<OverviewView> request(String tenant, String location) {
        var result = new CompletableFuture<OverviewView>();
        vertx.getOrCreateContext().runOnContext(started -> overviews
                .get(tenant, Optional.ofNullable(location))
                .subscribe()
                .with(result::complete, result::completeExceptionally));
        return result;
    }

    private UniEmitter<? super OverviewView> nextComputation() throws InterruptedException {
        var computation = computations.poll(10, TimeUnit.SECONDS);
        assertThat(computation).isNotNull();
        return computation;
    }

    @Test
    void requestsShareOneComputation() throws Exception {
        var first = request("t", null);
        var computation = nextComputation();
        var second = request("t", null);
        assertThat(computations.poll(200, TimeUnit.MILLISECONDS)).isNull();

        computation.complete(OVERVIEW);

        assertThat(first.get(10, TimeUnit.SECONDS)).isSameAs(OVERVIEW);
        assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(OVERVIEW);
        assertThat(request("t", null).get(10, TimeUnit.SECONDS)).isSameAs(OVERVIEW);
        assertThat(computations).isEmpty();
    }

    @Test
    void tenantsAndLocationsAreComputedApart() throws Exception {
        request("t", null);
        request("t", "l");
        request("u", null);

        for (int i = 0; i < 3; i++) {
            nextComputation();
        }
    }

    @Test
    void failedComputationIsNotKept() throws Exception {
        var first = request("t", null);
        nextComputation().fail(new IllegalStateException("no connection"));
        assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("no connection");

        var second = request("t", null);
        nextComputation().complete(OVERVIEW);

        assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(OVERVIEW);
    }
}
