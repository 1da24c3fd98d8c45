package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The totals of a customer's orders of one currency as callers read them. */
@RegisterForReflection
@Schema
public record CurrencyStats(long totalOrders, BigDecimal totalSpent) {}
