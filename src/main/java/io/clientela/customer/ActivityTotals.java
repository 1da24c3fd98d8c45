package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * The totals of a customer's calls and orders. They are stored in the customer's row, so that lists need not count.
 *
 * @param callCount the number of calls
 * @param lastCallAt the start of the latest call, or null
 * @param totalOrders the number of orders of any status
 * @param spendingOrders the number of orders of the default currency that are neither canceled nor refunded
 * @param totalSpent the sum of those orders
 * @param firstOrderAt the time of the first order of any status, or null
 * @param lastOrderAt the time of the last order of any status, or null
 */
@Embeddable
@RegisterForReflection
public record ActivityTotals(
        int callCount,
        Instant lastCallAt,
        int totalOrders,
        int spendingOrders,
        BigDecimal totalSpent,
        Instant firstOrderAt,
        Instant lastOrderAt) {
    /** The totals without calls and orders. */
    public static final ActivityTotals NONE =
            new ActivityTotals(0, null, 0, 0, BigDecimal.ZERO.setScale(2), null, null);

    /** Returns the totals with one more call. */
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
     * Returns the totals with one more order.
     *
     * @param spent the order's total; empty if the order is canceled, refunded or of another currency than the default
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

    /** Returns the sum of both totals. */
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

    private static Instant earlier(Instant first, Instant second) {
        return first == null || (second != null && second.isBefore(first)) ? second : first;
    }

    private static Instant later(Instant first, Instant second) {
        return first == null || (second != null && second.isAfter(first)) ? second : first;
    }
}
