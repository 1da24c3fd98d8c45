package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a customer spent: the totals of the counted orders, which are those of the default currency that are neither
 * canceled nor refunded. A customer's segment follows from it.
 *
 * @param spendingOrders the number of these orders
 * @param totalSpent the sum of these orders
 * @param firstCountedAt the time of the first of these orders, or null
 * @param lastCountedAt the time of the last of these orders, or null
 */
@Embeddable
@RegisterForReflection
public record Spending(int spendingOrders, BigDecimal totalSpent, Instant firstCountedAt, Instant lastCountedAt) {
    /** Without any order. */
    public static final Spending NONE = new Spending(0, BigDecimal.ZERO.setScale(2), null, null);

    /** Returns the totals with one more order. */
    Spending withOrder(Instant placedAt, BigDecimal total) {
        return plus(new Spending(1, total, placedAt, placedAt));
    }

    /** Returns the sum of both totals. */
    public Spending plus(Spending other) {
        return new Spending(
                spendingOrders + other.spendingOrders,
                totalSpent.add(other.totalSpent),
                ActivityTotals.earlier(firstCountedAt, other.firstCountedAt),
                ActivityTotals.later(lastCountedAt, other.lastCountedAt));
    }
}
