package io.clientela.customer;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;

/** Numbers for new customers, read from the sequence in blocks, so that most creates need no statement for theirs. */
@ApplicationScoped
class CustomerNumbers {
    /** The increment of the sequence: each of its values begins a block. */
    static final int BLOCK = 50;

    private final Deque<Long> reserved = new ArrayDeque<>();

    /**
     * Reserves numbers, inside the caller's transaction. Those of a transaction that is rolled back, and those left
     * when the service stops, are lost: numbers are unique, but have gaps.
     */
    Uni<Deque<Long>> reserve(int count) {
        var taken = take(count);
        int missing = count - taken.size();
        return missing == 0
                ? Uni.createFrom().item(taken)
                : fetch((missing + BLOCK - 1) / BLOCK)
                        .invoke(numbers -> {
                            numbers.subList(0, missing).forEach(taken::add);
                            release(numbers.subList(missing, numbers.size()));
                        })
                        .replaceWith(taken);
    }

    /** Returns numbers that were not needed. */
    synchronized void release(Collection<Long> unused) {
        reserved.addAll(unused);
    }

    private synchronized Deque<Long> take(int count) {
        Deque<Long> taken = new ArrayDeque<>(count);
        while (taken.size() < count && !reserved.isEmpty()) {
            taken.add(reserved.pop());
        }
        return taken;
    }

    private static Uni<List<Long>> fetch(int blocks) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT nextval('customer_number') FROM generate_series(1, :blocks)", Long.class)
                        .setParameter("blocks", blocks)
                        .getResultList())
                .map(firsts -> firsts.stream()
                        .flatMap(first -> LongStream.range(first, first + BLOCK).boxed())
                        .toList());
    }
}
