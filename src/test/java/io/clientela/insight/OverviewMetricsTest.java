package io.clientela.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which figures of overviews are published, and for how long. */
class OverviewMetricsTest {
    private static final Instant START = Instant.parse("2026-02-15T14:30:00Z");
    private static final OverviewView.Ranking NONE = new OverviewView.Ranking(List.of(), 0, 0);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestClock clock = new TestClock();
    private final OverviewMetrics metrics = new OverviewMetrics(meters, 2, clock);

    private static final class TestClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void record(String tenant, String location, long vips, long duplicates) {
        var overview = new OverviewView(
                vips,
                0,
                BigDecimal.ONE,
                Map.of(),
                Map.of("vip", vips),
                List.of(),
                List.of(),
                NONE,
                NONE,
                duplicates,
                clock.instant());
        metrics.record(tenant, Optional.ofNullable(location), overview);
    }

    private double customers(String tenant, String segment) {
        return meters.get("clientela.customers")
                .tags("tenant", tenant, "segment", segment)
                .gauge()
                .value();
    }

    private double duplicates(String tenant) {
        return meters.get("clientela.duplicates.waiting")
                .tag("tenant", tenant)
                .gauge()
                .value();
    }

    @Test
    void figuresAreThoseOfTheLastOverview() {
        record("acme", null, 5, 1);
        record("other", null, 9, 2);
        record("acme", null, 7, 3);

        assertThat(customers("acme", "vip")).isEqualTo(7);
        assertThat(customers("acme", "lead")).isZero();
        assertThat(duplicates("acme")).isEqualTo(3);
        assertThat(customers("other", "vip")).isEqualTo(9);
        assertThat(meters.find("clientela.customers").gauges()).hasSize(12);
    }

    @Test
    void overviewOfALocationIsNotPublished() {
        record("acme", "north", 5, 1);
        assertThat(meters.getMeters()).isEmpty();

        record("acme", null, 7, 3);
        record("acme", "north", 5, 1);

        assertThat(customers("acme", "vip")).isEqualTo(7);
    }

    @Test
    void furtherTenantsAreNotPublished() {
        record("a", null, 1, 0);
        record("b", null, 1, 0);
        record("c", null, 1, 0);
        record("a", null, 2, 0);

        assertThat(meters.find("clientela.customers").tag("tenant", "c").gauges())
                .isEmpty();
        assertThat(customers("a", "vip")).isEqualTo(2);
    }

    @Test
    void figuresEndAfterAnHour() {
        record("acme", null, 5, 1);

        clock.now = START.plus(Duration.ofHours(1));
        assertThat(customers("acme", "vip")).isEqualTo(5);

        clock.now = START.plus(Duration.ofHours(1)).plusSeconds(1);
        assertThat(customers("acme", "vip")).isNaN();
        assertThat(duplicates("acme")).isNaN();

        record("acme", null, 6, 2);
        assertThat(customers("acme", "vip")).isEqualTo(6);
    }
}
