package io.clientela.insight;

import io.clientela.customer.CustomerStatus;
import io.clientela.customer.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The numbers of customers by kind and value, as {@link OverviewStatements} counts them: a pure function of them. */
record OverviewCounts(List<Count> counts) {
    private static final int RATE_DIGITS = 4;

    /**
     * @param kind what is counted
     * @param ofAll the customers with any value of this kind; only of rankings
     */
    record Count(String kind, String value, long customers, long ofAll) {}

    OverviewView overview(List<OverviewView.TopCustomer> top, long duplicatesWaiting, Instant asOf) {
        var byStatus = byValue("status", CustomerStatus.values());
        long total = sum(byStatus);
        var segments = byValue("segment", Segment.values());
        segments.put(Segment.LEAD.toString(), total - sum(segments));
        var months = of("month")
                .map(count -> new OverviewView.Month(count.value(), count.customers()))
                .sorted(Comparator.comparing(OverviewView.Month::month))
                .toList();
        return new OverviewView(
                total,
                months.get(months.size() - 1).customers(),
                rate(byStatus.get(CustomerStatus.ACTIVE.toString()), total),
                byStatus,
                segments,
                months,
                top,
                ranking("source", total),
                ranking("location_id", total),
                duplicatesWaiting,
                asOf);
    }

    private Stream<Count> of(String kind) {
        return counts.stream().filter(count -> count.kind().equals(kind));
    }

    /** Returns the numbers of all values, zeros included. */
    private Map<String, Long> byValue(String kind, Enum<?>[] values) {
        Map<String, Long> byValue = new LinkedHashMap<>();
        for (var value : values) {
            byValue.put(value.toString(), 0L);
        }
        of(kind).forEach(count -> byValue.put(count.value(), count.customers()));
        return byValue;
    }

    private OverviewView.Ranking ranking(String kind, long total) {
        var largest = of(kind).map(count -> new OverviewView.Ranking.Entry(count.value(), count.customers()))
                .toList();
        long withValue = of(kind).mapToLong(Count::ofAll).findFirst().orElse(0);
        long listed = largest.stream()
                .mapToLong(OverviewView.Ranking.Entry::customers)
                .sum();
        return new OverviewView.Ranking(largest, withValue - listed, total - withValue);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static BigDecimal rate(long part, long total) {
        return total == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(total), RATE_DIGITS, RoundingMode.HALF_UP);
    }
}
