package io.clientela.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of segments, at their boundaries. */
class SegmentRulesTest {
    static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
    static final SegmentRules RULES = segments(Map.of()).asOf(NOW);

    /** The settings, of which each can be changed. */
    private record Settings(
            BigDecimal vipSpent,
            int vipOrders,
            Duration vipWithin,
            Duration newWithin,
            Duration atRiskAfter,
            Duration dormantAfter)
            implements SegmentSettings {
        private static Settings of(Map<String, String> changed) {
            return new Settings(
                    new BigDecimal(changed.getOrDefault("vip-spent", "1000")),
                    Integer.parseInt(changed.getOrDefault("vip-orders", "10")),
                    Duration.parse(changed.getOrDefault("vip-within", "P180D")),
                    Duration.parse(changed.getOrDefault("new-within", "P30D")),
                    Duration.parse(changed.getOrDefault("at-risk-after", "P180D")),
                    Duration.parse(changed.getOrDefault("dormant-after", "P365D")));
        }
    }

    /** Returns the rules of the default settings, but for these. */
    static Segments segments(Map<String, String> changed) {
        return new Segments(Settings.of(changed));
    }

    private static Spending spending(int orders, String spent, String firstAge, String lastAge) {
        return new Spending(
                orders, new BigDecimal(spent), NOW.minus(Duration.parse(firstAge)), NOW.minus(Duration.parse(lastAge)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1  | 1000.00 | P400D           | P180D            | vip
            1  | 999.99  | P400D           | P180D            | regular
            10 | 0.00    | P400D           | P1D              | vip
            9  | 0.00    | P400D           | P1D              | regular
            10 | 5000.00 | P400D           | P180DT0.000001S  | at_risk
            10 | 5000.00 | P1D             | P1D              | vip
            1  | 5.00    | P30D            | P30D             | new
            1  | 5.00    | P30DT0.000001S  | P30DT0.000001S   | regular
            2  | 5.00    | P31D            | P1D              | regular
            1  | 5.00    | PT-1H           | PT-1H            | new
            1  | 5.00    | P365DT0.000001S | P365DT0.000001S  | dormant
            1  | 5.00    | P365D           | P365D            | at_risk
            1  | 5.00    | P180DT0.000001S | P180DT0.000001S  | at_risk
            1  | 5.00    | P180D           | P180D            | regular
            99 | 9999.00 | P500D           | P366D            | dormant
            """)
    void firstRuleThatFitsDecides(int orders, String spent, String firstAge, String lastAge, String segment) {
        assertThat(RULES.of(spending(orders, spent, firstAge, lastAge))).hasToString(segment);
    }

    @Test
    void customerWithoutCountedOrderIsLead() {
        assertThat(RULES.of(Spending.NONE)).isEqualTo(Segment.LEAD);
    }

    @Test
    void settingsMoveTheBoundaries() {
        var strict = segments(Map.of("vip-spent", "5", "vip-within", "P1D", "new-within", "P60D"))
                .asOf(NOW);

        assertThat(strict.of(spending(1, "5.00", "P1D", "P1D"))).isEqualTo(Segment.VIP);
        assertThat(strict.of(spending(1, "5.00", "P60D", "P2D"))).isEqualTo(Segment.NEW);
    }

    @Test
    void dormantBeforeAtRiskIsRejected() {
        assertThatThrownBy(() -> segments(Map.of("at-risk-after", "P365D")))
                .hasMessageContaining("CLIENTELA_SEGMENTS_AT_RISK_AFTER");
    }

    @Test
    void totalsWithOrdersInAnyOrderKeepFirstAndLast() {
        var totals = ActivityTotals.NONE
                .withOrder(NOW, Optional.of(BigDecimal.ONE))
                .withOrder(NOW.minusSeconds(9), Optional.of(BigDecimal.TEN))
                .withOrder(NOW.minusSeconds(99), Optional.empty());

        assertThat(totals.firstOrderAt()).isEqualTo(NOW.minusSeconds(99));
        assertThat(totals.spending()).isEqualTo(new Spending(2, new BigDecimal("11.00"), NOW.minusSeconds(9), NOW));
        assertThat(totals.plus(ActivityTotals.NONE)).isEqualTo(totals);
        assertThat(ActivityTotals.NONE.plus(totals)).isEqualTo(totals);
    }
}
