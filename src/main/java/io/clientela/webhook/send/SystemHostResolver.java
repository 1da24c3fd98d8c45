package io.clientela.webhook.send;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks up hosts as the JVM does, which remembers what it found for 30 s ({@code networkaddress.cache.ttl}). A look-up
 * blocks, so it has threads of its own, and each host at most one of them: names whose server does not answer keep
 * neither requests nor many other hosts waiting.
 */
@ApplicationScoped
class SystemHostResolver implements HostResolver {
    private static final int MAX_THREADS = 32;

    private final WorkerExecutor threads;
    private final boolean allowPrivate;
    private final Map<String, Future<List<InetAddress>>> running = new ConcurrentHashMap<>();

    SystemHostResolver(Vertx vertx, WebhookSettings settings) {
        allowPrivate = settings.allowPrivate();
        threads = vertx.createSharedWorkerExecutor("webhook-hosts", MAX_THREADS);
    }

    @Override
    public Future<List<InetAddress>> resolve(String host) {
        Promise<List<InetAddress>> promise = Promise.promise();
        var current = running.putIfAbsent(host, promise.future());
        if (current != null) {
            return current;
        }
        threads.executeBlocking(() -> List.of(InetAddress.getAllByName(absolute(host))), false)
                .onComplete(result -> {
                    running.remove(host);
                    promise.handle(result);
                });
        return promise.future();
    }

    /** A dot at the end keeps the resolver from trying the name in the search domains of the machine or cluster. */
    private String absolute(String host) {
        return allowPrivate || NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host) ? host : host + ".";
    }
}
