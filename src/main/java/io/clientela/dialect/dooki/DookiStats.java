package io.clientela.dialect.dooki;

import io.clientela.activity.StatsView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.LocalDate;

/** The totals of a customer's orders in Dooki's style, money as text. */
@RegisterForReflection
record DookiStats(
        int totalOrders, String totalSpent, String avgOrderValue, LocalDate firstOrderDate, LocalDate lastOrderDate) {
    static DookiStats of(StatsView stats) {
        return new DookiStats(
                stats.totalOrders(),
                money(stats.totalSpent()),
                money(stats.avgOrderValue()),
                stats.firstOrderDate(),
                stats.lastOrderDate());
    }

    /** Returns an amount as text; null for none. */
    static String money(BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
