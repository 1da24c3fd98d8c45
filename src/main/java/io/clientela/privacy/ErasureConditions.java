package io.clientela.privacy;

import io.clientela.customer.ActivityCounter;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;

/** Checks whether the rules that are set permit an erasure. */
@Singleton
class ErasureConditions {
    private final ActivityCounter activity;
    private final ErasureSettings settings;

    ErasureConditions(ActivityCounter activity, ErasureSettings settings) {
        this.activity = activity;
        this.settings = settings;
    }

    /**
     * Requires that no rule forbids to erase a locked customer.
     *
     * @throws ProblemException 409 {@code erasure_refused} with the rule and the count
     */
    Uni<Void> require(UUID customer) {
        var rules = settings.refusedWith().orElse(Set.of());
        return rules.contains(ErasureRule.OPEN_ORDERS)
                ? activity.countOpenOrders(customer)
                        .invoke(ErasureConditions::requireNone)
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private static void requireNone(long openOrders) {
        if (openOrders > 0) {
            throw ErasureProblems.refused(ErasureRule.OPEN_ORDERS, openOrders);
        }
    }
}
