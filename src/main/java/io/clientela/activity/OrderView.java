package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An order as callers read it. */
@RegisterForReflection
@Schema(name = "Order", description = "An order of a customer.")
public record OrderView(
        @Schema(description = "Assigned by the service; UUID version 7.")
        UUID id,

        @Schema(examples = "shop-1001") String externalId,
        @Schema(examples = "2026-1001") String number,
        OrderStatus status,
        @Schema(examples = "129.90") BigDecimal total,
        @Schema(examples = "BRL") String currency,
        @Schema(examples = "2026-02-15T14:30:00Z") Instant placedAt,
        Instant createdAt,
        Instant updatedAt) {}
