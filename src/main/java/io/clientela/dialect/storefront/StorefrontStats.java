package io.clientela.dialect.storefront;

import io.clientela.activity.StatsView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** The totals of a customer's orders, money as text with two decimals. */
@RegisterForReflection
record StorefrontStats(
        int totalOrders, String totalSpent, String avgOrderValue, LocalDate firstOrderDate, LocalDate lastOrderDate) {
    static StorefrontStats of(StatsView stats) {
        return new StorefrontStats(
                stats.totalOrders(),
                money(stats.totalSpent()),
                money(stats.avgOrderValue()),
                stats.firstOrderDate(),
                stats.lastOrderDate());
    }

    /** Returns an amount with two decimals; that of nothing for null. */
    static String money(BigDecimal amount) {
        return (amount == null ? BigDecimal.ZERO : amount)
                .setScale(2, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
