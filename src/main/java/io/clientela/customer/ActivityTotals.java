package io.clientela.customer;

import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a customer's calls and orders come to. It is kept with the customer, so that no list has to count.
 *
 * @param callCount how many calls there are
 * @param lastCallAt when the last of them started, or null
 * @param totalOrders how many orders there are, whatever their status
 * @param spendingOrders how many of them count as spent: neither canceled nor refunded
 * @param totalSpent what those come to
 * @param firstOrderAt when the first of all orders was placed, or null
 * @param lastOrderAt when the last of all orders was placed, or null
 */
@Embeddable
public record ActivityTotals(
        int callCount,
        Instant lastCallAt,
        int totalOrders,
        int spendingOrders,
        BigDecimal totalSpent,
        Instant firstOrderAt,
        Instant lastOrderAt) {
    /** Neither calls nor orders. */
    public static final ActivityTotals NONE =
            new ActivityTotals(0, null, 0, 0, BigDecimal.ZERO.setScale(2), null, null);

    /** The same with one more call. */
    public ActivityTotals withCall(Instant startedAt) {
        return new ActivityTotals(
                callCount + 1,
                later(lastCallAt, startedAt),
                totalOrders,
                spendingOrders,
                totalSpent,
                firstOrderAt,
                lastOrderAt);
    }

    /**
     * The same with one more order.
     *
     * @param spent what it comes to; empty for one that does not count as spent
     */
    public ActivityTotals withOrder(Instant placedAt, Optional<BigDecimal> spent) {
        return new ActivityTotals(
                callCount,
                lastCallAt,
                totalOrders + 1,
                spent.isPresent() ? spendingOrders + 1 : spendingOrders,
                totalSpent.add(spent.orElse(BigDecimal.ZERO)),
                earlier(firstOrderAt, placedAt),
                later(lastOrderAt, placedAt));
    }

    /** What these and those come to together. */
    public ActivityTotals plus(ActivityTotals other) {
        return new ActivityTotals(
                callCount + other.callCount,
                later(lastCallAt, other.lastCallAt),
                totalOrders + other.totalOrders,
                spendingOrders + other.spendingOrders,
                totalSpent.add(other.totalSpent),
                earlier(firstOrderAt, other.firstOrderAt),
                later(lastOrderAt, other.lastOrderAt));
    }

    private static Instant earlier(Instant known, Instant other) {
        return known == null || (other != null && other.isBefore(known)) ? other : known;
    }

    private static Instant later(Instant known, Instant other) {
        return known == null || (other != null && other.isAfter(known)) ? other : known;
    }
}
