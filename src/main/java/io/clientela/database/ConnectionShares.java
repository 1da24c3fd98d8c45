package io.clientela.database;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Divides the connections of the pool. A tenant uses at most its share; one connection is not used by transactions, so
 * that reads are served beside them; another one is not divided, so that readiness can be asked at any time. A free
 * connection goes to the waiting tenant that uses the fewest, and to its first request.
 */
final class ConnectionShares {
    /** What a connection is used for. */
    enum Use {
        /** One statement, or a few that read. */
        STATEMENTS,
        TRANSACTION
    }

    /**
     * The limits.
     *
     * @param all how many connections are used at the same time
     * @param transactions how many of them by transactions
     * @param tenant how many of them by one tenant
     * @param waiting how many requests wait
     * @param tenantWaiting how many of them of one tenant
     */
    record Limits(int all, int transactions, int tenant, int waiting, int tenantWaiting) {
        /** Returns the limits for a pool of this size. */
        static Limits of(int poolSize, int waiting) {
            int all = Math.max(1, poolSize - 1);
            return new Limits(all, Math.max(1, all - 1), twoThirds(all), waiting, twoThirds(waiting));
        }

        Limits withTenant(int max) {
            return new Limits(all, transactions, Math.min(all, max), waiting, tenantWaiting);
        }

        private static int twoThirds(int whole) {
            return whole - whole / 3;
        }
    }

    private final class Waiting {
        private final String tenant;
        private final Use use;
        private final UniEmitter<? super Void> emitter;
        private final Context context = vertx.getOrCreateContext();
        private long timer;
        private boolean cancelled;

        Waiting(String tenant, Use use, UniEmitter<? super Void> emitter) {
            this.tenant = tenant;
            this.use = use;
            this.emitter = emitter;
            emitter.onTermination(() -> cancel(this));
        }

        /** Continues the request on the event loop that it came from. */
        void resume(Runnable step) {
            context.runOnContext(resumed -> step.run());
        }
    }

    private final Limits limits;
    private final Duration timeout;
    private final Vertx vertx;

    private final Map<String, Integer> usedByTenant = new HashMap<>();
    private final Map<String, Integer> waitingByTenant = new HashMap<>();
    private final Set<Waiting> queue = new LinkedHashSet<>();
    private int used;
    private int inTransaction;

    ConnectionShares(Limits limits, Duration timeout, Vertx vertx) {
        this.limits = limits;
        this.timeout = timeout;
        this.vertx = vertx;
    }

    static ConnectionShares of(int connections, TenantSettings tenants, DatabaseSettings settings, Vertx vertx) {
        var limits = Limits.of(connections, settings.maxWaiting());
        return new ConnectionShares(
                tenants.maxConcurrent().isPresent()
                        ? limits.withTenant(tenants.maxConcurrent().getAsInt())
                        : limits,
                settings.acquireTimeout(),
                vertx);
    }

    /**
     * Runs work that uses one connection, once the tenant may use one.
     *
     * @throws ProblemException 429 {@code too_many_requests} if the tenant's share is used or waited for, 503
     *     {@code overloaded} if that of all tenants is
     */
    <T> Uni<T> use(String tenant, Use use, Supplier<Uni<T>> work) {
        return acquire(tenant, use)
                .chain(() ->
                        Uni.createFrom().<T>deferred(work::get).onTermination().invoke(() -> release(tenant, use)));
    }

    Limits limits() {
        return limits;
    }

    /** Returns how many requests wait. */
    synchronized int waiting() {
        return queue.size();
    }

    /**
     * Waits until the tenant may use a connection, and counts it until {@link #release}; fails like {@link #use}. For
     * work that is no Uni.
     */
    Uni<Void> acquire(String tenant, Use use) {
        return Uni.createFrom()
                .deferred(() -> tryAcquire(tenant, use) ? Uni.createFrom().voidItem() : enqueued(tenant, use));
    }

    private synchronized boolean tryAcquire(String tenant, Use use) {
        boolean free = isFree(tenant, use);
        if (free) {
            used++;
            inTransaction += use == Use.TRANSACTION ? 1 : 0;
            usedByTenant.merge(tenant, 1, Integer::sum);
        }
        return free;
    }

    private boolean isFree(String tenant, Use use) {
        return used < limits.all()
                && (use == Use.STATEMENTS || inTransaction < limits.transactions())
                && usedBy(tenant) < limits.tenant();
    }

    private int usedBy(String tenant) {
        return usedByTenant.getOrDefault(tenant, 0);
    }

    private Uni<Void> enqueued(String tenant, Use use) {
        return Uni.createFrom().emitter(emitter -> enqueue(new Waiting(tenant, use, emitter)));
    }

    private synchronized void enqueue(Waiting request) {
        if (queue.size() >= limits.waiting() || waitingOf(request.tenant) >= limits.tenantWaiting()) {
            reject(request);
            return;
        }
        queue.add(request);
        waitingByTenant.merge(request.tenant, 1, Integer::sum);
        request.timer = vertx.setTimer(Math.max(1, timeout.toMillis()), fired -> expire(request));
        resumeNext();
    }

    private synchronized void expire(Waiting request) {
        if (dequeue(request)) {
            reject(request);
        }
    }

    private synchronized void cancel(Waiting request) {
        request.cancelled = true;
        if (dequeue(request)) {
            vertx.cancelTimer(request.timer);
        }
    }

    /** Gives back what {@link #acquire} counted. */
    synchronized void release(String tenant, Use use) {
        used--;
        inTransaction -= use == Use.TRANSACTION ? 1 : 0;
        decrement(usedByTenant, tenant);
        resumeNext();
    }

    private void resumeNext() {
        for (var next = next(); next.isPresent(); next = next()) {
            var request = next.get();
            dequeue(request);
            vertx.cancelTimer(request.timer);
            tryAcquire(request.tenant, request.use);
            request.resume(() -> complete(request));
        }
    }

    private Optional<Waiting> next() {
        return queue.stream()
                .filter(request -> isFree(request.tenant, request.use))
                .min(Comparator.comparingInt(request -> usedBy(request.tenant)));
    }

    private void complete(Waiting request) {
        if (request.cancelled) {
            release(request.tenant, request.use);
        } else {
            request.emitter.complete(null);
        }
    }

    private boolean dequeue(Waiting request) {
        boolean waited = queue.remove(request);
        if (waited) {
            decrement(waitingByTenant, request.tenant);
        }
        return waited;
    }

    private static void decrement(Map<String, Integer> counts, String tenant) {
        counts.computeIfPresent(tenant, (name, count) -> count == 1 ? null : count - 1);
    }

    private int waitingOf(String tenant) {
        return waitingByTenant.getOrDefault(tenant, 0);
    }

    private void reject(Waiting request) {
        boolean hasItsShare =
                usedBy(request.tenant) >= limits.tenant() || waitingOf(request.tenant) >= limits.tenantWaiting();
        var rejection = hasItsShare ? Failures.tooManyRequests() : Failures.overloaded();
        request.resume(() -> request.emitter.fail(rejection));
    }
}
