package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a customer's calls and orders come to, as callers read it. */
@RegisterForReflection
@Schema(name = "CustomerStats", description = "What a customer's calls and orders come to.")
public record StatsView(
        @Schema(examples = "3") int callCount,
        @Schema(examples = "2026-02-15T14:30:00Z") Instant lastCallAt,

        @Schema(description = "Canceled and refunded ones included.", examples = "4")
        int totalOrders,

        @Schema(description = "Of the orders that are neither canceled nor refunded.", examples = "389.70")
        BigDecimal totalSpent,

        @Schema(description = "Over the same orders; null without any.", examples = "129.90")
        BigDecimal avgOrderValue,

        @Schema(description = "In UTC.", examples = "2026-01-03")
        LocalDate firstOrderDate,

        @Schema(description = "In UTC.", examples = "2026-02-15")
        LocalDate lastOrderDate) {}
