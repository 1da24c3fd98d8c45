package io.clientela.customer;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Numbers for new customers, taken from the service's sequence by one statement for as many as are needed. */
public final class Numbers {
    private final Deque<Long> reserved;

    private Numbers(Collection<Long> reserved) {
        this.reserved = new ArrayDeque<>(reserved);
    }

    /** Reserves so many numbers. Those that are not used are lost: numbers are unique, not without gaps. */
    public static Uni<Numbers> reserve(int count) {
        return take(count).map(Numbers::new);
    }

    /** The next of them, or a new one when all are used. */
    Uni<Long> next() {
        return reserved.isEmpty()
                ? take(1).map(taken -> taken.get(0))
                : Uni.createFrom().item(reserved.pop());
    }

    private static Uni<List<Long>> take(int count) {
        return count == 0
                ? Uni.createFrom().item(List.of())
                : Panache.getSession().chain(session -> session.createNativeQuery(
                                "SELECT nextval('customer_number') FROM generate_series(1, :count)", Long.class)
                        .setParameter("count", count)
                        .getResultList());
    }
}
