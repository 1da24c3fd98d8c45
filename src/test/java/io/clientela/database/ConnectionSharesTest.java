package io.clientela.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.database.ConnectionShares.Limits;
import io.clientela.database.ConnectionShares.Use;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionSharesTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A use of a connection that ends when the test says so. */
    private static final class Work {
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final CompletableFuture<Void> begun = new CompletableFuture<>();
        private final CompletableFuture<Void> result;

        Work(ConnectionShares shares, String tenant, Use use) {
            result = shares.use(tenant, use, () -> {
                        begun.complete(null);
                        return Uni.createFrom().completionStage(end);
                    })
                    .subscribeAsCompletionStage();
        }

        static Work of(ConnectionShares shares, String tenant) {
            return new Work(shares, tenant, Use.STATEMENTS);
        }

        boolean hasBegun() {
            return begun.isDone();
        }

        Work awaitBegin() {
            begun.orTimeout(10, TimeUnit.SECONDS).join();
            return this;
        }

        void finish() {
            end.complete(null);
            result.join();
        }

        ProblemCode rejection() {
            try {
                result.orTimeout(10, TimeUnit.SECONDS).join();
                throw new AssertionError("not rejected");
            } catch (CompletionException e) {
                return ((ProblemException) e.getCause()).code();
            }
        }
    }

    private ConnectionShares shares(Limits limits, Duration timeout) {
        return new ConnectionShares(limits, timeout, vertx);
    }

    private ConnectionShares shares(int pool) {
        return shares(Limits.of(pool, 100), Duration.ofSeconds(30));
    }

    @Test
    void limitsFollowSizeOfPool() {
        assertThat(Limits.of(1, 3)).isEqualTo(new Limits(1, 1, 1, 3, 2));
        assertThat(Limits.of(2, 3)).isEqualTo(new Limits(1, 1, 1, 3, 2));
        assertThat(Limits.of(6, 500)).isEqualTo(new Limits(5, 4, 4, 500, 334));
        assertThat(Limits.of(20, 500)).isEqualTo(new Limits(19, 18, 13, 500, 334));
        assertThat(Limits.of(6, 500).withTenant(2)).isEqualTo(new Limits(5, 4, 2, 500, 334));
        assertThat(Limits.of(6, 500).withTenant(50).tenant()).isEqualTo(5);
    }

    @Test
    void tenantUsesAtMostItsShare() {
        var shares = shares(6);

        var first = List.of(Work.of(shares, "a"), Work.of(shares, "a"), Work.of(shares, "a"), Work.of(shares, "a"));
        var excess = Work.of(shares, "a");
        var other = Work.of(shares, "b");

        assertThat(first).allMatch(Work::hasBegun);
        assertThat(excess.hasBegun()).isFalse();
        assertThat(other.hasBegun()).isTrue();
        assertThat(shares.waiting()).isEqualTo(1);
        first.get(0).finish();
        excess.awaitBegin();
        assertThat(shares.waiting()).isZero();
    }

    @Test
    void transactionsLeaveConnectionForStatements() {
        var shares = shares(4);

        var first = new Work(shares, "a", Use.TRANSACTION);
        var second = new Work(shares, "b", Use.TRANSACTION);
        var third = new Work(shares, "c", Use.TRANSACTION);
        var statement = new Work(shares, "d", Use.STATEMENTS);

        assertThat(List.of(first, second, statement)).allMatch(Work::hasBegun);
        assertThat(third.hasBegun()).isFalse();
        statement.finish();
        assertThat(third.hasBegun()).isFalse();
        first.finish();
        third.awaitBegin();
    }

    @Test
    void freeConnectionGoesToTenantWithFewest() {
        var shares = shares(4);
        var usedByA = List.of(Work.of(shares, "a"), Work.of(shares, "a"));
        var usedByB = Work.of(shares, "b");
        List<String> begun = Collections.synchronizedList(new ArrayList<>());
        var waitingA = Work.of(shares, "a");
        waitingA.begun.thenRun(() -> begun.add("a"));
        var waitingC = Work.of(shares, "c");
        waitingC.begun.thenRun(() -> begun.add("c"));

        usedByA.get(0).finish();
        waitingC.awaitBegin();
        usedByB.finish();
        waitingA.awaitBegin();

        assertThat(begun).containsExactly("c", "a");
    }

    @Test
    void longWaitIsRejected() {
        var shares = shares(Limits.of(6, 100), Duration.ofMillis(50));
        for (int i = 0; i < 4; i++) {
            Work.of(shares, "a");
        }
        var ownShareUsed = Work.of(shares, "a");
        Work.of(shares, "b");
        var allUsed = Work.of(shares, "c");

        assertThat(ownShareUsed.rejection()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
        assertThat(allUsed.rejection()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(shares.waiting()).isZero();
    }

    @Test
    void fullQueueRejectsAtOnce() {
        var shares = shares(Limits.of(1, 3), Duration.ofSeconds(30));
        Work.of(shares, "a");
        Work.of(shares, "b");
        Work.of(shares, "b");
        var tenantsQueueFull = Work.of(shares, "b");
        Work.of(shares, "c");
        var queueFull = Work.of(shares, "d");

        assertThat(tenantsQueueFull.rejection()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
        assertThat(queueFull.rejection()).isEqualTo(ProblemCode.OVERLOADED);
    }

    @Test
    void failedAndCancelledWorkReturnsConnection() {
        var shares = shares(1);

        var failing = Work.of(shares, "a");
        failing.end.completeExceptionally(new IllegalStateException());
        shares.use("a", Use.STATEMENTS, () -> {
                    throw new IllegalStateException();
                })
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
        var cancelled = shares.use("a", Use.STATEMENTS, () -> Uni.createFrom().nothing())
                .subscribe()
                .with(item -> {});
        var waiting = shares.use("a", Use.STATEMENTS, () -> Uni.createFrom().nothing())
                .subscribe()
                .with(item -> {});
        waiting.cancel();
        cancelled.cancel();

        assertThat(Work.of(shares, "a").hasBegun()).isTrue();
    }
}
