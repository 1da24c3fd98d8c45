package io.clientela.account;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords on threads of its own. Each hash takes a core and 19 MiB for a while; the number of threads and of
 * requests that wait for one is bounded, so that many logins take neither all cores nor the worker threads of other
 * requests.
 */
@ApplicationScoped
class PasswordHashing {
    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor threads;
    private final Timer timer;

    PasswordHashing(AccountSettings settings, MeterRegistry meters) {
        int cores = Runtime.getRuntime().availableProcessors();
        int concurrent = Math.max(1, settings.maxHashing().orElse(cores / 2));
        BlockingQueue<Runnable> waiting = settings.maxWaiting() == 0
                ? new SynchronousQueue<>()
                : new LinkedBlockingQueue<>(settings.maxWaiting());
        threads = new ThreadPoolExecutor(concurrent, concurrent, 10, TimeUnit.SECONDS, waiting, task -> {
            var thread = new Thread(task, "password-hashing");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        timer = Timer.builder("clientela.password.hashes")
                .description("Passwords hashed, to store or to check them")
                .register(meters);
    }

    /**
     * Returns the hash of a normalised password, to be stored.
     *
     * @throws ProblemException 503 {@code overloaded} if too many requests wait for a hash
     */
    Uni<String> hash(String password) {
        return compute(() -> Argon2.hash(password, salt()));
    }

    /**
     * Returns whether the hash is that of a normalised password. Without a hash it computes one all the same, so that
     * the time does not tell the two apart.
     *
     * @throws ProblemException 503 {@code overloaded} if too many requests wait for a hash
     */
    Uni<Boolean> matches(String password, Optional<String> hash) {
        return compute(() -> Argon2.matches(password, hash.orElse(Argon2.OF_NOBODY)) && hash.isPresent());
    }

    private <T> Uni<T> compute(Supplier<T> computation) {
        return Uni.createFrom()
                .completionStage(() -> CompletableFuture.supplyAsync(() -> timer.record(computation), threads))
                .onFailure(RejectedExecutionException.class)
                .transform(rejected -> Failures.overloaded())
                .emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }

    private byte[] salt() {
        var salt = new byte[Argon2.SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
