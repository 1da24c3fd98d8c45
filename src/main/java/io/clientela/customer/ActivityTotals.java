package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * The totals of a customer's calls and orders. They are stored in the customer's row, so that lists need not count.
 *
 * @param callCount the number of calls
 * @param lastCallAt the start of the latest call, or null
 * @param totalOrders the number of orders of any status
 * @param firstOrderAt the time of the first order of any status, or null
 * @param lastOrderAt the time of the last order of any status, or null
 * @param spending the totals of the orders that count as spent
 */
@Embeddable
@RegisterForReflection
public record ActivityTotals(
        int callCount,
        Instant lastCallAt,
        int totalOrders,
        Instant firstOrderAt,
        Instant lastOrderAt,
        @Embedded @JsonUnwrapped Spending spending) {
    /** The totals without calls and orders. */
    public static final ActivityTotals NONE = new ActivityTotals(0, null, 0, null, null, Spending.NONE);

    /** Returns the totals with one more call. */
    public ActivityTotals withCall(Instant startedAt) {
        return new ActivityTotals(
                callCount + 1, later(lastCallAt, startedAt), totalOrders, firstOrderAt, lastOrderAt, spending);
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
                earlier(firstOrderAt, placedAt),
                later(lastOrderAt, placedAt),
                spent.map(total -> spending.withOrder(placedAt, total)).orElse(spending));
    }

    /** Returns the sum of both totals. */
    public ActivityTotals plus(ActivityTotals other) {
        return new ActivityTotals(
                callCount + other.callCount,
                later(lastCallAt, other.lastCallAt),
                totalOrders + other.totalOrders,
                earlier(firstOrderAt, other.firstOrderAt),
                later(lastOrderAt, other.lastOrderAt),
                spending.plus(other.spending));
    }

    static Instant earlier(Instant first, Instant second) {
        return first == null || (second != null && second.isBefore(first)) ? second : first;
    }

    static Instant later(Instant first, Instant second) {
        return first == null || (second != null && second.isAfter(first)) ? second : first;
    }
}
