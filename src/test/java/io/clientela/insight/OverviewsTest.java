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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long overviews are kept, when they are computed anew, and who shares a computation. */
class OverviewsTest {
    private static final OverviewView OVERVIEW = overview(1);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<UniEmitter<? super OverviewView>> computations = new LinkedBlockingQueue<>();

    private final AtomicLong time = new AtomicLong();

    private final Overviews overviews = new Overviews(
            (tenant, location) ->
                    Uni.createFrom().emitter((UniEmitter<? super OverviewView> emitter) -> computations.add(emitter)),
            time::get);

    @AfterEach
    void close() {
        vertx.close();
    }

    private static OverviewView overview(long customers) {
        return new OverviewView(
                customers,
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

    private void passSeconds(int seconds) {
        time.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private OverviewView result(CompletableFuture<OverviewView> request) throws Exception {
        return request.get(10, TimeUnit.SECONDS);
    }

    private OverviewView keep(OverviewView overview) throws Exception {
        var request = request("t", null);
        nextComputation().complete(overview);
        return result(request);
    }

    @Test
    void agingOverviewIsReturnedWhileNextOneIsComputed() throws Exception {
        var old = keep(overview(1));
        passSeconds(29);
        assertThat(result(request("t", null))).isSameAs(old);
        assertThat(computations).isEmpty();
        passSeconds(1);

        assertThat(result(request("t", null))).isSameAs(old);

        var computation = nextComputation();
        assertThat(result(request("t", null))).isSameAs(old);
        assertThat(computations).isEmpty();
        computation.complete(overview(2));
        assertThat(result(request("t", null)).totalCustomers()).isEqualTo(2);
    }

    @Test
    void overviewOlderThanMinuteIsNotReturned() throws Exception {
        keep(overview(1));
        passSeconds(60);

        assertThat(keep(overview(2)).totalCustomers()).isEqualTo(2);
    }

    @Test
    void expiryJoinsRunningComputation() throws Exception {
        keep(overview(1));
        passSeconds(59);
        request("t", null);
        var computation = nextComputation();
        passSeconds(1);

        var waiting = request("t", null);

        assertThat(computations.poll(200, TimeUnit.MILLISECONDS)).isNull();
        computation.complete(overview(2));
        assertThat(result(waiting).totalCustomers()).isEqualTo(2);
    }

    @Test
    void ageCountsFromBeginOfComputation() throws Exception {
        var request = request("t", null);
        var computation = nextComputation();
        passSeconds(40);
        computation.complete(overview(1));
        assertThat(result(request).totalCustomers()).isEqualTo(1);
        passSeconds(20);

        assertThat(keep(overview(2)).totalCustomers()).isEqualTo(2);
    }

    @Test
    void failedRefreshLeavesKeptOverview() throws Exception {
        var old = keep(overview(1));
        passSeconds(30);
        request("t", null);
        nextComputation().fail(new IllegalStateException("no connection"));

        assertThat(result(request("t", null))).isSameAs(old);

        nextComputation().complete(overview(2));
        assertThat(result(request("t", null)).totalCustomers()).isEqualTo(2);
    }
}
