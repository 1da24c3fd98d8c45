package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The totals of a customer's calls and orders as callers read them. */
@RegisterForReflection
@Schema(name = "CustomerStats", description = "The totals of a customer's calls and orders.")
public record StatsView(
        @Schema(examples = "3") int callCount,
        @Schema(examples = "2026-02-15T14:30:00Z") Instant lastCallAt,

        @Schema(description = "Canceled and refunded orders included.", examples = "4")
        int totalOrders,

        @Schema(description = "The sum of the orders that are neither canceled nor refunded.", examples = "389.70")
        BigDecimal totalSpent,

        @Schema(description = "The average of the same orders; null without such orders.", examples = "129.90")
        BigDecimal avgOrderValue,

        @Schema(description = "In UTC.", examples = "2026-01-03")
        LocalDate firstOrderDate,

        @Schema(description = "In UTC.", examples = "2026-02-15")
        LocalDate lastOrderDate) {}
