package io.clientela.identity;

import io.clientela.database.Database;
import io.clientela.http.WorkerThread;
import io.clientela.identity.DuplicatePairs.Entry;
import io.clientela.identity.DuplicatePairs.OwnedKey;
import io.clientela.identity.DuplicatePairs.Pair;
import io.clientela.identity.DuplicatePairs.Scored;
import io.clientela.identity.match.BlockingKeys;
import io.clientela.identity.match.MatchModel;
import io.clientela.identity.match.Person;
import io.clientela.identity.match.Profile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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
 * changed since is in the queue again. The second also empties the queue: what fails before is done again.
 */
@ApplicationScoped
class DuplicateComparison {
    /** Pairs below this score are not stored. */
    static final double MIN_STORED_SCORE = 0.1;

    private static final int CHUNK = 100;

    private final Database database;

    DuplicateComparison(Database database) {
        this.database = database;
    }

    /**
     * The customers of a batch whose keys are stored.
     *
     * @param entries their entries in the queue
     * @param persons those that exist
     * @param candidates with whom to compare them
     */
    private record Batch(List<Entry> entries, Map<UUID, Person> persons, List<Pair> candidates) {
        Set<UUID> others() {
            return candidates.stream()
                    .flatMap(pair -> Stream.of(pair.a(), pair.b()))
                    .filter(id -> !persons.containsKey(id))
                    .collect(Collectors.toSet());
        }
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

    /**
     * Compares one batch. Returns whether the queue may have more for this run: not if another replica processes the
     * tenant.
     */
    private Uni<Boolean> processBatch(String tenant) {
        var statements = DuplicatePairs.outsideOfTransaction(database, tenant);
        // First the entries and then the customers, who thus are at least as new.
        return statements
                .queued(CHUNK)
                .chain(entries -> entries.isEmpty()
                        ? Uni.createFrom().item(false)
                        : statements
                                .persons(customers(entries))
                                .chain(persons -> WorkerThread.compute(() -> keys(persons.values()))
                                        .chain(keys -> database.transaction(
                                                tenant,
                                                connection -> storeKeys(connection, tenant, entries, persons, keys))))
                                .chain(batch -> batch.isEmpty()
                                        ? Uni.createFrom().item(false)
                                        : compare(tenant, statements, batch.get())
                                                .replaceWith(true)));
    }

    /** Stores the keys of those that are still the same. Returns empty if another replica processes the tenant. */
    private static Uni<Optional<Batch>> storeKeys(
            SqlConnection connection,
            String tenant,
            List<Entry> entries,
            Map<UUID, Person> persons,
            List<OwnedKey> keys) {
        var pairs = DuplicatePairs.in(connection, tenant);
        var ids = customers(entries);
        return pairs.tryLock()
                .chain(locked -> locked
                        ? pairs.persons(ids).chain(now -> {
                            var same = unchanged(ids, persons, now);
                            var keysOfSame = keys.stream()
                                    .filter(key -> same.contains(key.customer()))
                                    .toList();
                            return pairs.replaceKeys(same, keysOfSame)
                                    .chain(() -> pairs.candidates(keysOfSame))
                                    .map(candidates -> Optional.of(new Batch(
                                            entries.stream()
                                                    .filter(entry -> same.contains(entry.customer()))
                                                    .toList(),
                                            now,
                                            candidates)));
                        })
                        : Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Void> compare(String tenant, DuplicatePairs statements, Batch batch) {
        return statements.persons(batch.others()).chain(others -> {
            Map<UUID, Person> all = new HashMap<>(others);
            all.putAll(batch.persons());
            return WorkerThread.compute(() -> score(batch.candidates(), all))
                    .chain(scored -> database.transaction(
                            tenant, connection -> store(connection, tenant, batch.entries(), all, scored)));
        });
    }

    /** Stores the pairs of those that are still the same. */
    private static Uni<Void> store(
            SqlConnection connection,
            String tenant,
            List<Entry> entries,
            Map<UUID, Person> compared,
            List<Scored> scored) {
        var pairs = DuplicatePairs.in(connection, tenant);
        var ids = scored.stream()
                .flatMap(pair -> Stream.of(pair.pair().a(), pair.pair().b()))
                .collect(Collectors.toSet());
        return pairs.lock()
                .chain(() -> pairs.persons(ids))
                .chain(now -> {
                    var same = unchanged(ids, compared, now);
                    return pairs.save(scored.stream()
                            .filter(pair -> same.contains(pair.pair().a())
                                    && same.contains(pair.pair().b()))
                            .toList());
                })
                .chain(() -> pairs.dequeue(entries));
    }

    private static Set<UUID> customers(List<Entry> entries) {
        return entries.stream().map(Entry::customer).collect(Collectors.toSet());
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
