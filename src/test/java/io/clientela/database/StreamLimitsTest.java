package io.clientela.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.TenantLimit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StreamLimitsTest {
    private static TenantLimit limits(int poolSize, int maxPerTenant) {
        return StreamLimits.of(ConnectionShares.Limits.of(poolSize, 100), maxPerTenant);
    }

    private static void assertRejected(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    @Test
    void tenantUsesAtMostItsMaximum() {
        var limits = limits(20, 2);
        limits.acquire("a");
        limits.acquire("a");

        assertRejected(ProblemCode.TOO_MANY_REQUESTS, () -> limits.acquire("a"));
        limits.acquire("b");
        limits.release("a");
        limits.acquire("a");
    }

    @Test
    void tenantUsesAtMostHalfOfItsShare() {
        var limits = limits(6, 100);
        limits.acquire("a");
        limits.acquire("a");

        assertRejected(ProblemCode.TOO_MANY_REQUESTS, () -> limits.acquire("a"));
    }

    @Test
    void allTenantsUseAtMostHalfOfTheConnections() {
        var limits = limits(9, 1);
        for (String tenant : new String[] {"a", "b", "c", "d"}) {
            limits.acquire(tenant);
        }

        assertRejected(ProblemCode.OVERLOADED, () -> limits.acquire("e"));
        limits.release("a");
        limits.acquire("e");
    }

    @Test
    void singleConnectionAllowsOneStream() {
        var limits = limits(1, 3);
        limits.acquire("a");

        assertRejected(ProblemCode.TOO_MANY_REQUESTS, () -> limits.acquire("a"));
        assertRejected(ProblemCode.OVERLOADED, () -> limits.acquire("b"));
    }
}
