package io.clientela.customer;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The rules of segments as of a time. The first rule that fits decides. Each rule is written once for a customer in
 * memory and once for one in the database, side by side; everything else is derived from the list.
 */
public final class SegmentRules {
    /**
     * A condition on the columns of customers.
     *
     * @param sql with a {@code ?} for each value
     */
    public record Condition(String sql, List<Object> values) {}

    /** @param condition computed on demand: most requests ask for a customer in memory */
    private record Rule(Segment segment, Predicate<Spending> fits, Supplier<Condition> condition) {}

    private final List<Rule> rules;

    private SegmentRules(List<Rule> rules) {
        this.rules = rules;
    }

    /** Returns the rules as of a time in whole microseconds. */
    static SegmentRules of(SegmentSettings settings, Instant at) {
        var vipSpent = settings.vipSpent();
        int vipOrders = settings.vipOrders();
        var vipSince = at.minus(settings.vipWithin());
        var newSince = at.minus(settings.newWithin());
        var dormantBefore = at.minus(settings.dormantAfter());
        var atRiskBefore = at.minus(settings.atRiskAfter());
        // The settings are in the text: the service has few of them, and PostgreSQL estimates better. Conditions begin
        // with the time of the last order, which is compared in no time and decides on most customers.
        return new SegmentRules(List.of(
                new Rule(
                        Segment.LEAD,
                        spending -> spending.lastCountedAt() == null,
                        () -> where("last_counted_at IS NULL")),
                new Rule(
                        Segment.VIP,
                        spending -> (spending.totalSpent().compareTo(vipSpent) >= 0
                                        || spending.spendingOrders() >= vipOrders)
                                && !spending.lastCountedAt().isBefore(vipSince),
                        () -> where(
                                "last_counted_at >= ? AND (total_spent >= " + vipSpent.toPlainString()
                                        + " OR spending_orders >= " + vipOrders + ")",
                                vipSince)),
                // The last order is not before the first: the index is by the last.
                new Rule(
                        Segment.NEW,
                        spending -> !spending.firstCountedAt().isBefore(newSince),
                        () -> where("last_counted_at >= ? AND first_counted_at >= ?", newSince, newSince)),
                new Rule(
                        Segment.DORMANT,
                        spending -> spending.lastCountedAt().isBefore(dormantBefore),
                        () -> where("last_counted_at < ?", dormantBefore)),
                new Rule(
                        Segment.AT_RISK,
                        spending -> spending.lastCountedAt().isBefore(atRiskBefore),
                        () -> where("last_counted_at < ?", atRiskBefore)),
                new Rule(Segment.REGULAR, spending -> true, () -> where("TRUE"))));
    }

    private static Condition where(String sql, Instant... values) {
        List<Object> timestamps = new ArrayList<>();
        for (var value : values) {
            timestamps.add(OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
        }
        return new Condition(sql, timestamps);
    }

    /** Returns the segment of a customer. */
    public Segment of(Spending spending) {
        for (var rule : rules) {
            if (rule.fits().test(spending)) {
                return rule.segment();
            }
        }
        throw new IllegalStateException("The last rule fits every customer");
    }

    /** Returns the condition that a customer is in a segment. */
    public Condition condition(Segment segment) {
        List<String> parts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (var rule : rules) {
            boolean found = rule.segment() == segment;
            var condition = rule.condition().get();
            parts.add((found ? "(" : "NOT (") + condition.sql() + ")");
            values.addAll(condition.values());
            if (found) {
                break;
            }
        }
        return new Condition(String.join(" AND ", parts), values);
    }
}
