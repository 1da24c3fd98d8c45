package io.clientela.customer;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Numbers for new customers, read from the sequence by one statement. */
public final class Numbers {
    private final Deque<Long> reserved;

    private Numbers(Collection<Long> reserved) {
        this.reserved = new ArrayDeque<>(reserved);
    }

    /** Reserves numbers. Unused ones are lost: numbers are unique, but may have gaps. */
    public static Uni<Numbers> reserve(int count) {
        return nextValues(count).map(Numbers::new);
    }

    /** Returns the next reserved number, or a new one when all are used. */
    Uni<Long> next() {
        return reserved.isEmpty()
                ? nextValues(1).map(values -> values.get(0))
                : Uni.createFrom().item(reserved.pop());
    }

    private static Uni<List<Long>> nextValues(int count) {
        return count == 0
                ? Uni.createFrom().item(List.of())
                : Panache.getSession().chain(session -> session.createNativeQuery(
                                "SELECT nextval('customer_number') FROM generate_series(1, :count)", Long.class)
                        .setParameter("count", count)
                        .getResultList());
    }
}
