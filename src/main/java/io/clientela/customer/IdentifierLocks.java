package io.clientela.customer;

import io.clientela.database.AdvisoryLocks;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps two requests from giving one identifier to two customers while neither sees the other. Whoever is going to give
 * a customer an identifier and wants to be the only one takes it here before it looks who has it, and before it locks
 * any row (ADR 3).
 */
public final class IdentifierLocks {
    /**
     * Identifiers share so many locks in each tenant: enough that two requests hardly meet by chance, and few enough
     * that a batch of a thousand customers fits into the database's lock table.
     */
    private static final int STRIPES = 2048;

    private static final int MAX_LISTED = 20;

    private IdentifierLocks() {}

    /** Takes these identifiers of a tenant until the transaction ends. */
    public static Uni<Void> acquire(String tenant, Collection<Identifier> identifiers) {
        return AdvisoryLocks.acquire(names(tenant, identifiers));
    }

    /**
     * Takes these identifiers of a tenant if nobody else has any of them: for whoever holds rows already, and learned
     * of identifiers too late to wait for them.
     */
    public static Uni<Boolean> tryAcquire(String tenant, Collection<Identifier> identifiers) {
        return AdvisoryLocks.tryAcquire(names(tenant, identifiers));
    }

    private static List<String> names(String tenant, Collection<Identifier> identifiers) {
        return identifiers.stream()
                .map(identifier -> "identifier\n" + tenant + "\n" + stripe(identifier))
                .distinct()
                .toList();
    }

    /** The same in every process: only text hashes are (JLS leaves those of enums open). */
    private static int stripe(Identifier identifier) {
        return Math.floorMod((identifier.kind() + "\n" + identifier.key()).hashCode(), STRIPES);
    }

    /**
     * Refuses what is to be a customer's if another customer of the tenant has it. The guard must have it already.
     *
     * @param except the customer whose it is to be; empty for a new one
     * @throws ProblemException 409 {@code duplicate_customer} with the ids of the others
     */
    static Uni<Void> requireUnique(String tenant, Collection<Identifier> identifiers, Optional<UUID> except) {
        if (identifiers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Customer.owners(tenant, identifiers)
                .map(ids -> ids.stream()
                        .filter(id -> !except.equals(Optional.of(id)))
                        .toList())
                .invoke(IdentifierLocks::throwIfAny)
                .replaceWithVoid();
    }

    private static void throwIfAny(List<UUID> others) {
        if (!others.isEmpty()) {
            throw new ProblemException(
                            ProblemCode.DUPLICATE_CUSTOMER, "An identifier of this customer belongs to another one.")
                    .with(
                            "customer_ids",
                            others.stream()
                                    .limit(MAX_LISTED)
                                    .map(UUID::toString)
                                    .toList());
        }
    }
}
