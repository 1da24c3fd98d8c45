package io.clientela.customer;

import io.clientela.http.ProblemCode;
import io.clientela.http.ProblemException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.FlushMode;

/** Keeps a tenant from having two customers with one identifier, where that is asked for. */
final class Duplicates {
    private static final String EXTERNAL_ID = "externalId";
    private static final int MOST_NAMED = 20;

    private Duplicates() {}

    /**
     * Refuses a customer who has another one's external id: no two may share it, ever.
     *
     * @throws ProblemException 409 {@code duplicate_customer} with the id of the other
     */
    static Uni<Void> refuseExternalId(Customer customer) {
        return refuse(customer, Map.of(EXTERNAL_ID, customer.externalId));
    }

    /**
     * Refuses a customer who shares any identifier with another.
     *
     * @throws ProblemException 409 {@code duplicate_customer} with the ids of the others
     */
    static Uni<Void> refuseAny(Customer customer) {
        Map<String, String> keys = new HashMap<>();
        keys.put(EXTERNAL_ID, customer.externalId);
        keys.put("documentKey", customer.documentKey);
        keys.put("emailKey", customer.emailKey);
        keys.put("phoneKey", customer.phoneKey);
        keys.values().removeIf(key -> key == null);
        return keys.isEmpty() ? Uni.createFrom().voidItem() : refuse(customer, keys);
    }

    /** Asks before the customer is written: a query would otherwise flush it first. */
    private static Uni<Void> refuse(Customer customer, Map<String, String> keys) {
        return Panache.getSession()
                .invoke(session -> session.setFlushMode(FlushMode.MANUAL))
                .chain(session -> lock(customer.tenantId, keys)
                        .chain(() -> holders(customer.id, keys))
                        .invoke(() -> session.setFlushMode(FlushMode.AUTO)))
                .invoke(ids -> {
                    if (!ids.isEmpty()) {
                        throw new ProblemException(
                                        ProblemCode.DUPLICATE_CUSTOMER,
                                        "An identifier of this customer belongs to another one.")
                                .with(
                                        "customer_ids",
                                        ids.stream().map(UUID::toString).toList());
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Locks identifiers until the transaction ends, so that of two callers who bring the same one at once the second
     * sees what the first wrote. The order of the locks is always the same, so that none waits for another in a circle.
     */
    private static Uni<Void> lock(String tenant, Map<String, String> keys) {
        var names = keys.entrySet().stream()
                .map(key -> "identifier\n" + tenant + "\n" + key.getKey() + "\n" + key.getValue())
                .sorted()
                .toArray(String[]::new);
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                SELECT count(*) FROM (
                                    SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
                                    FROM unnest(cast(:names AS text[])) AS name) AS locks""", Long.class)
                        .setParameter("names", names)
                        .getSingleResult())
                .replaceWithVoid();
    }

    private static Uni<List<UUID>> holders(UUID except, Map<String, String> keys) {
        Map<String, Object> parameters = new HashMap<>(keys);
        parameters.put("except", except);
        var conditions =
                keys.keySet().stream().map(key -> "c." + key + " = :" + key).collect(Collectors.joining(" or "));
        return Customer.find("from Customer c where c.id <> :except and (" + conditions + ") order by c.id", parameters)
                .range(0, MOST_NAMED - 1)
                .<Customer>list()
                .map(found -> found.stream().map(customer -> customer.id).toList());
    }
}
