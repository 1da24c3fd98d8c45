package io.clientela.insight;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The customers of a tenant, or of a location, in figures.
 *
 * @param activeRate the part of active customers, from 0 to 1
 * @param byStatus the number of customers of each status
 * @param segments the number of customers of each segment
 * @param signupsByMonth the last 24 months, oldest first
 * @param topCustomers who spent most
 * @param duplicatesWaiting the pairs of likely duplicates that are neither merged nor dismissed
 * @param asOf when this was computed
 */
@RegisterForReflection
@Schema(name = "Overview")
public record OverviewView(
        long totalCustomers,
        long newThisMonth,
        BigDecimal activeRate,
        Map<String, Long> byStatus,
        Map<String, Long> segments,
        List<Month> signupsByMonth,
        List<TopCustomer> topCustomers,
        Ranking bySource,
        Ranking byLocation,
        long duplicatesWaiting,
        Instant asOf) {

    /**
     * @param month such as {@code 2026-02}
     * @param customers how many were created in it, of those who exist
     */
    @RegisterForReflection
    @Schema(name = "SignupMonth")
    public record Month(String month, long customers) {}

    @RegisterForReflection
    @Schema(name = "TopCustomer")
    public record TopCustomer(UUID id, String name, BigDecimal totalSpent, int totalOrders) {}

    /**
     * The most frequent values of a field.
     *
     * @param others the customers with any other value
     * @param none the customers without a value
     */
    @RegisterForReflection
    @Schema(name = "Ranking")
    public record Ranking(List<Entry> largest, long others, long none) {
        @RegisterForReflection
        @Schema(name = "RankingEntry")
        public record Entry(String value, long customers) {}
    }
}
