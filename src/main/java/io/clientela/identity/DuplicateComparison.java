package io.clientela.identity;

import io.clientela.database.Database;
import io.clientela.http.WorkerThread;
import io.clientela.identity.DuplicatePairs.OwnedKey;
import io.clientela.identity.DuplicatePairs.Pair;
import io.clientela.identity.DuplicatePairs.Scored;
import io.clientela.identity.DuplicateQueue.Batch;
import io.clientela.identity.match.BlockingKeys;
import io.clientela.identity.match.MatchModel;
import io.clientela.identity.match.Person;
import io.clientela.identity.match.Profile;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares new and changed customers with the customers that share a blocking key with them, and stores the similar
 * pairs. The cost grows with the number of changes, not with the size of the tenant.
 *
 * <p>A batch takes two transactions, with the work on a thread before and between them, so that none is open while
 * scores are computed. The first writes the keys: of two concurrent batches, the later one sees the keys of the earlier
 * one, and so compares a pair of both. Each checks that what was computed is of customers as they are now; who has
 * changed since is to be compared again. The second also completes the batch: what fails before is done again. A lease
 * keeps two instances of the service from comparing the same customers, and the lock orders their transactions if it
 * ends too early, or if the other one is of a version without leases.
 */
@ApplicationScoped
class DuplicateComparison {
    /** Pairs below this score are not stored. */
    static final double MIN_STORED_SCORE = 0.1;

    private static final int BATCH_SIZE = 100;

    private final Database database;
    private final DuplicateQueue queue;
    private final DuplicateMetrics metrics;

    DuplicateComparison(Database database, DuplicateQueue queue, DuplicateMetrics metrics) {
        this.database = database;
        this.queue = queue;
        this.metrics = metrics;
    }

    /**
     * The customers of a batch whose keys are stored.
     *
     * @param ids those that are the same as when their keys were computed
     * @param persons those that exist
     * @param candidates with whom to compare them
     */
    private record Stored(Set<UUID> ids, Map<UUID, Person> persons, List<Pair> candidates) {
        Set<UUID> others() {
            return candidates.stream()
                    .flatMap(pair -> Stream.of(pair.a(), pair.b()))
                    .filter(id -> !persons.containsKey(id))
                    .collect(Collectors.toSet());
        }
    }

    /**
     * Compares the changed customers of a tenant, unless another instance of the service does.
     *
     * @param timeout when to stop, even if there are more
     */
    Uni<Void> process(String tenant, Duration timeout) {
        return queue.lease(tenant)
                .chain(leased -> leased
                        ? processBatches(tenant, Instant.now().plus(timeout)).eventually(() -> queue.release(tenant))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> processBatches(String tenant, Instant deadline) {
        return Uni.createFrom()
                .deferred(() -> queue.next(tenant, BATCH_SIZE)
                        .chain(batch -> batch.isEmpty() ? Uni.createFrom().item(false) : process(tenant, batch.get())))
                .repeat()
                .until(mayHaveMore -> !mayHaveMore || Instant.now().isAfter(deadline))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Processes one batch. Returns whether there may be more for this run: not if another instance holds the lock. */
    private Uni<Boolean> process(String tenant, Batch batch) {
        if (batch.customers().isEmpty()) {
            return database.transaction(tenant, connection -> queue.complete(connection, tenant, batch, Set.of()))
                    .replaceWith(true);
        }
        var statements = DuplicatePairs.outsideOfTransaction(database, tenant);
        // After the batch was read, so that the customers are at least as new.
        return statements
                .persons(batch.customers())
                .chain(persons -> WorkerThread.compute(() -> keys(persons.values()))
                        .chain(keys -> database.transaction(
                                tenant,
                                connection -> storeKeys(
                                        DuplicatePairs.in(connection, tenant), batch.customers(), persons, keys))))
                .chain(stored -> stored.isEmpty()
                        ? Uni.createFrom().item(false)
                        : compare(tenant, statements, batch, stored.get()).replaceWith(true));
    }

    /** Stores the keys of those that are still the same. Returns empty if another instance holds the lock. */
    private static Uni<Optional<Stored>> storeKeys(
            DuplicatePairs pairs, Set<UUID> ids, Map<UUID, Person> persons, List<OwnedKey> keys) {
        return pairs.tryLock()
                .chain(locked -> locked
                        ? pairs.persons(ids).chain(now -> {
                            var same = unchanged(ids, persons, now);
                            var keysOfSame = keys.stream()
                                    .filter(key -> same.contains(key.customer()))
                                    .toList();
                            return pairs.replaceKeys(same, keysOfSame)
                                    .chain(() -> pairs.candidates(keysOfSame))
                                    .map(candidates -> Optional.of(new Stored(same, now, candidates)));
                        })
                        : Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Void> compare(String tenant, DuplicatePairs statements, Batch batch, Stored stored) {
        return statements.persons(stored.others()).chain(others -> {
            Map<UUID, Person> all = new HashMap<>(others);
            all.putAll(stored.persons());
            return WorkerThread.compute(() -> score(stored.candidates(), all))
                    .chain(scored -> database.transaction(
                            tenant, connection -> store(DuplicatePairs.in(connection, tenant), all, scored)
                                    .chain(() -> queue.complete(connection, tenant, batch, stored.ids()))))
                    .invoke(() -> metrics.countCompared(stored.ids().size()));
        });
    }

    /** Stores the pairs of those that are still the same. */
    private static Uni<Void> store(DuplicatePairs pairs, Map<UUID, Person> compared, List<Scored> scored) {
        var ids = scored.stream()
                .flatMap(pair -> Stream.of(pair.pair().a(), pair.pair().b()))
                .collect(Collectors.toSet());
        return pairs.lock().chain(() -> pairs.persons(ids)).chain(now -> {
            var same = unchanged(ids, compared, now);
            return pairs.save(scored.stream()
                    .filter(pair -> same.contains(pair.pair().a())
                            && same.contains(pair.pair().b()))
                    .toList());
        });
    }

    /** Returns who is the same as before in everything that is compared, or is missing as before. */
    private static Set<UUID> unchanged(Collection<UUID> ids, Map<UUID, Person> before, Map<UUID, Person> now) {
        return ids.stream()
                .filter(id -> Objects.equals(before.get(id), now.get(id)))
                .collect(Collectors.toSet());
    }

    private static List<OwnedKey> keys(Collection<Person> persons) {
        List<OwnedKey> keys = new ArrayList<>();
        persons.forEach(person -> {
            var identifiers = BlockingKeys.ofIdentifiers(person);
            BlockingKeys.of(person).forEach(key -> keys.add(new OwnedKey(person.id(), key, identifiers.contains(key))));
        });
        return keys;
    }

    private static List<Scored> score(List<Pair> candidates, Map<UUID, Person> persons) {
        Map<UUID, Profile> profiles = new HashMap<>();
        persons.forEach((id, person) -> profiles.put(id, Profile.of(person)));
        return candidates.stream()
                .filter(pair -> profiles.containsKey(pair.a()) && profiles.containsKey(pair.b()))
                .map(pair -> new Scored(pair, MatchModel.compare(profiles.get(pair.a()), profiles.get(pair.b()))))
                .filter(scored -> scored.match().score() >= MIN_STORED_SCORE)
                .toList();
    }
}
