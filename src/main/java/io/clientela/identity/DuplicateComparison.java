package io.clientela.identity;

import io.clientela.database.Database;
import io.clientela.http.WorkerThread;
import io.clientela.identity.DuplicatePairs.OwnedKey;
import io.clientela.identity.DuplicatePairs.Pair;
import io.clientela.identity.DuplicatePairs.Scored;
import io.clientela.identity.match.BlockingKeys;
import io.clientela.identity.match.MatchModel;
import io.clientela.identity.match.Person;
import io.clientela.identity.match.Profile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Compares new and changed customers with the customers that share a blocking key with them, and stores the similar
 * pairs. The cost grows with the number of changes, not with the size of the tenant.
 *
 * <p>One transaction at a time processes a tenant. Two concurrent transactions would not see each other's keys.
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
        return database.query(
                        tenant, "SELECT EXISTS (SELECT FROM duplicate_queue WHERE tenant_id = $1)", Tuple.of(tenant))
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? database.transaction(tenant, connection -> processBatch(connection, tenant))
                        : Uni.createFrom().item(false));
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

    private static List<OwnedKey> keys(List<Person> persons) {
        List<OwnedKey> keys = new ArrayList<>();
        persons.forEach(person -> {
            var identifiers = BlockingKeys.ofIdentifiers(person);
            BlockingKeys.of(person).forEach(key -> keys.add(new OwnedKey(person.id(), key, identifiers.contains(key))));
        });
        return keys;
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
