package io.clientela.identity;

import io.clientela.database.Database;
import io.clientela.http.WorkerThread;
import io.clientela.identity.DuplicatePairs.Pair;
import io.clientela.identity.DuplicatePairs.Scored;
import io.clientela.identity.match.BlockingKeys;
import io.clientela.identity.match.MatchModel;
import io.clientela.identity.match.Person;
import io.clientela.identity.match.Profile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Compares new and changed customers with the customers that share a blocking key with them, and stores the similar
 * pairs. The cost grows with the number of changes, not with the size of the tenant.
 *
 * <p>One transaction at a time processes a tenant. Two concurrent transactions would not see each other's keys.
 */
@ApplicationScoped
public class DuplicateFinder {
    private static final Logger LOG = Logger.getLogger(DuplicateFinder.class);

    /** Pairs below this score are not stored. */
    static final double MIN_STORED_SCORE = 0.1;

    private static final int CHUNK = 100;
    private static final Duration RETRY_DELAY = Duration.ofMillis(50);
    /** Limits a background run on one tenant, so that other tenants are processed, too. */
    private static final Duration MAX_TIME_PER_TENANT = Duration.ofSeconds(2);

    /**
     * Selects the tenants with queued customers, with one index step per tenant (PostgreSQL wiki, "Loose indexscan").
     */
    private static final String TENANTS = """
            WITH RECURSIVE queued AS (
                (SELECT tenant_id FROM duplicate_queue ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (SELECT q.tenant_id FROM duplicate_queue q WHERE q.tenant_id > queued.tenant_id
                        ORDER BY q.tenant_id LIMIT 1)
                FROM queued WHERE queued.tenant_id IS NOT NULL)
            SELECT tenant_id FROM queued WHERE tenant_id IS NOT NULL""";

    private final Database database;
    private final DuplicateSettings settings;

    DuplicateFinder(Database database, DuplicateSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    void schedule(@Observes StartupEvent started, Scheduler scheduler) {
        if (settings.every().isZero()) {
            return;
        }
        scheduler
                .newJob("duplicates")
                .setInterval(settings.every().toString())
                .setDelayed(settings.every().toString())
                .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
                .setAsyncTask(execution -> processQueues())
                .schedule();
    }

    /** Processes the queues of all tenants in sequence. After a failure, entries stay queued for the next run. */
    private Uni<Void> processQueues() {
        return database.queryAllTenants(TENANTS, Tuple.tuple())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .toList())
                .chain(tenants -> Multi.createFrom()
                        .iterable(tenants)
                        .onItem()
                        .transformToUniAndConcatenate(tenant -> processQueue(tenant, MAX_TIME_PER_TENANT))
                        .collect()
                        .last())
                .replaceWithVoid()
                .onFailure()
                .invoke(failure ->
                        LOG.warnf("Duplicate detection failed, next run in %s: %s", settings.every(), failure))
                .onFailure()
                .recoverWithNull();
    }

    /**
     * Compares the queued customers of a tenant.
     *
     * @param timeout when to stop, even if the queue is not empty
     */
    Uni<Void> processQueue(String tenant, Duration timeout) {
        var deadline = Instant.now().plus(timeout);
        return Uni.createFrom()
                .deferred(() -> processBatch(tenant))
                .repeat()
                .until(mayHaveMore -> !mayHaveMore || Instant.now().isAfter(deadline))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Compares one batch. Returns whether the queue may have more. */
    private Uni<Boolean> processBatch(String tenant) {
        return database.query(
                        tenant, "SELECT EXISTS (SELECT FROM duplicate_queue WHERE tenant_id = $1)", Tuple.of(tenant))
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? database.<Boolean>transaction(tenant, connection -> processBatch(connection, tenant))
                                .call(locked -> locked ? Uni.createFrom().voidItem() : retryDelay())
                                .replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    /** Waits while another transaction processes the tenant. */
    private static Uni<Void> retryDelay() {
        return Uni.createFrom().voidItem().onItem().delayIt().by(RETRY_DELAY);
    }

    private static Uni<Boolean> processBatch(SqlConnection connection, String tenant) {
        var pairs = new DuplicatePairs(connection, tenant);
        return pairs.lock()
                .chain(locked -> locked
                        ? pairs.dequeue(CHUNK)
                                .chain(ids -> ids.isEmpty() ? Uni.createFrom().voidItem() : compare(pairs, ids))
                                .replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    private static Uni<Void> compare(DuplicatePairs pairs, Set<UUID> ids) {
        return pairs.delete(ids)
                .chain(() -> pairs.persons(ids))
                .chain(persons -> WorkerThread.compute(() -> keys(persons))
                        .chain(pairs::candidates)
                        .chain(candidates -> pairs.persons(otherIds(candidates, ids))
                                .chain(others -> WorkerThread.compute(() -> score(candidates, persons, others)))))
                .chain(pairs::save);
    }

    private static Map<UUID, Set<Long>> keys(List<Person> persons) {
        return persons.stream().collect(Collectors.toMap(Person::id, BlockingKeys::of));
    }

    private static Collection<UUID> otherIds(List<Pair> candidates, Set<UUID> known) {
        Set<UUID> ids = new HashSet<>();
        candidates.forEach(pair -> {
            ids.add(pair.a());
            ids.add(pair.b());
        });
        ids.removeAll(known);
        return ids;
    }

    private static List<Scored> score(List<Pair> candidates, List<Person> persons, List<Person> others) {
        Map<UUID, Profile> profiles = new HashMap<>();
        persons.forEach(person -> profiles.put(person.id(), Profile.of(person)));
        others.forEach(person -> profiles.put(person.id(), Profile.of(person)));
        return candidates.stream()
                .filter(pair -> profiles.containsKey(pair.a()) && profiles.containsKey(pair.b()))
                .map(pair -> new Scored(pair, MatchModel.compare(profiles.get(pair.a()), profiles.get(pair.b()))))
                .filter(scored -> scored.match().score() >= MIN_STORED_SCORE)
                .toList();
    }
}
