package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The totals of a customer's calls and orders as callers read them. */
@RegisterForReflection
@Schema(name = "CustomerStats")
public record StatsView(
        int callCount,
        Instant lastCallAt,
        int totalOrders,
        BigDecimal totalSpent,
        BigDecimal avgOrderValue,
        LocalDate firstOrderDate,
        LocalDate lastOrderDate,
        Map<String, CurrencyStats> byCurrency) {}
