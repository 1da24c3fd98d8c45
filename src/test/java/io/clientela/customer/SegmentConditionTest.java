package io.clientela.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A segment in the database is what it is in memory, for customers on each boundary and beside it. */
@QuarkusTest
class SegmentConditionTest {
    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    static List<Map<String, String>> settings() {
        return List.of(
                Map.of(),
                Map.of("vip-within", "P400D"),
                Map.of("new-within", "P200D", "at-risk-after", "P30D"),
                Map.of("vip-spent", "0.01", "vip-orders", "1", "vip-within", "P30D"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void conditionsSelectWhatRulesSay(Map<String, String> changed) {
        var rules = SegmentRulesTest.segments(changed).asOf(SegmentRulesTest.NOW);
        var customers = grid();

        var expected = customers.stream().map(rules::of).map(Segment::toString).toList();

        assertThat(expected).contains("lead", "vip", "dormant", "at_risk");
        for (var segment : Segment.values()) {
            var condition = rules.condition(segment);
            var found = select(
                    customers,
                    new SegmentRules.Condition("CAST((" + condition.sql() + ") AS text)", condition.values()));
            assertThat(found)
                    .as(segment.toString())
                    .isEqualTo(expected.stream()
                            .map(segment.toString()::equals)
                            .map(String::valueOf)
                            .toList());
        }
    }

    private static List<Spending> grid() {
        var times = Stream.of(0, 30, 180, 200, 365, 400, 1000)
                .map(days -> SegmentRulesTest.NOW.minus(Duration.ofDays(days)))
                .flatMap(boundary -> Stream.of(boundary.minus(MICROSECOND), boundary, boundary.plus(MICROSECOND)))
                .toList();
        List<Spending> grid = new ArrayList<>(List.of(Spending.NONE));
        for (Instant first : times) {
            for (Instant last : times) {
                if (!last.isBefore(first)) {
                    for (int orders : new int[] {1, 9, 10}) {
                        for (String spent : List.of("0.00", "999.99", "1000.00")) {
                            grid.add(new Spending(orders, new BigDecimal(spent), first, last));
                        }
                    }
                }
            }
        }
        return grid;
    }

    private static List<String> select(List<Spending> customers, SegmentRules.Condition column) {
        var rows = customers.stream()
                .map(customer -> "(%d, %s, %s::timestamptz, %s::timestamptz)"
                        .formatted(
                                customer.spendingOrders(),
                                customer.totalSpent(),
                                literal(customer.firstCountedAt()),
                                literal(customer.lastCountedAt())))
                .collect(Collectors.joining(", "));
        return TestDatabase.column(
                "SELECT " + column.sql() + " FROM (VALUES " + rows
                        + ") AS customer(spending_orders, total_spent, first_counted_at, last_counted_at)",
                column.values().toArray());
    }

    private static String literal(Instant time) {
        return time == null ? "NULL" : "'" + time + "'";
    }
}
