package io.clientela.identity;

import io.clientela.background.BackgroundWork;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Starts the comparison of new and changed customers, regularly and when somebody asks for duplicates. */
@ApplicationScoped
public class DuplicateFinder {
    private static final Logger LOG = Logger.getLogger(DuplicateFinder.class);

    /** Limits a run on one tenant, so that other tenants are processed, too. */
    private static final Duration MAX_TIME_PER_TENANT = Duration.ofSeconds(2);

    private final DuplicateQueue queue;
    private final DuplicateComparison comparison;
    private final DuplicateSettings settings;
    private final DuplicateMetrics metrics;
    private final BackgroundWork background;

    /** The tenants that this instance processes: a second run of one would only wait for the first. */
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    DuplicateFinder(
            DuplicateQueue queue,
            DuplicateComparison comparison,
            DuplicateSettings settings,
            DuplicateMetrics metrics,
            BackgroundWork background) {
        this.queue = queue;
        this.comparison = comparison;
        this.settings = settings;
        this.metrics = metrics;
        this.background = background;
    }

    void schedule(@Observes StartupEvent started) {
        background.every(settings.every(), "duplicates", this::processTenants);
    }

    /**
     * Starts the comparison of a tenant's changed customers, without waiting for it: the request that asks for it is
     * answered at once.
     */
    void start(String tenant) {
        background.start(
                () -> process(tenant),
                failure -> LOG.errorf(failure, "Duplicate detection of tenant %s failed", tenant));
    }

    /** Processes all tenants in sequence, from a random one, so that replicas begin with others. */
    Uni<Void> processTenants() {
        return queue.tenants()
                .invoke(found -> metrics.recordTenantsBehind(found.size()))
                .map(found -> {
                    List<String> tenants = new ArrayList<>(found);
                    Collections.shuffle(tenants);
                    return tenants;
                })
                .chain(tenants -> Multi.createFrom()
                        .iterable(tenants)
                        .onItem()
                        .transformToUniAndConcatenate(this::process)
                        .collect()
                        .last())
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> {
                    metrics.countFailure();
                    LOG.warnf("Duplicate detection failed, next run in %s: %s", settings.every(), failure);
                })
                .onFailure()
                .recoverWithNull();
    }

    /** Processes a tenant. After a failure, which stops no other tenant, its customers are still to be compared. */
    private Uni<Void> process(String tenant) {
        return Uni.createFrom()
                .deferred(() -> running.add(tenant)
                        ? processAlone(tenant)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> processAlone(String tenant) {
        return comparison
                .process(tenant, MAX_TIME_PER_TENANT)
                .onTermination()
                .invoke(() -> running.remove(tenant))
                .onFailure()
                .invoke(failure -> {
                    metrics.countFailure();
                    LOG.warnf("Duplicate detection of tenant %s failed: %s", tenant, failure);
                })
                .onFailure()
                .recoverWithNull();
    }
}
