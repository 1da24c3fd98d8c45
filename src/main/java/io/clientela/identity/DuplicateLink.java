package io.clientela.identity;

import java.util.Comparator;
import java.util.UUID;

/**
 * Two customers who are likely the same.
 *
 * @param a the lower id
 * @param b the higher id
 * @param score the probability in millionths
 */
record DuplicateLink(UUID a, UUID b, int score) {
    /** As PostgreSQL orders ids: the oldest customer first, since ids begin with the time. */
    static final Comparator<UUID> BY_ID = (one, other) -> {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    };

    static final Comparator<DuplicateLink> STRONGEST_FIRST = Comparator.comparingInt(DuplicateLink::score)
            .reversed()
            .thenComparing(DuplicateLink::a, BY_ID)
            .thenComparing(DuplicateLink::b, BY_ID);
}
