package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An order as callers read it. */
@RegisterForReflection
@Schema(name = "Order")
public record OrderView(
        UUID id,
        String externalId,
        String number,
        OrderStatus status,
        BigDecimal total,
        String currency,
        Instant placedAt,
        Instant createdAt,
        Instant updatedAt) {}
