package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The writable fields of an order. */
@RegisterForReflection
@Schema(description = "The writable fields of an order. An update leaves absent fields unchanged; null clears a field.")
public record OrderInput(
        @Schema(
                description = "The order's key in the system that it comes from, unique among the tenant's orders.",
                maxLength = 128,
                examples = "shop-1001")
        @CodePointLength(max = 128)
        String externalId,

        @Schema(description = "The order number that the customer knows.", maxLength = 64, examples = "2026-1001")
        @CodePointLength(max = 64)
        String number,

        @Schema(description = "`pending` by default. `canceled` and `refunded` do not count as spent.")
        OrderStatus status,

        @Schema(description = "Required; at most two decimals.", minimum = "0", examples = "129.90")
        @Digits(integer = 12, fraction = 2)
        @PositiveOrZero
        BigDecimal total,

        @Schema(
                description = "ISO 4217; the configured currency by default.",
                minLength = 3,
                maxLength = 3,
                examples = "BRL")
        String currency,

        @Schema(description = "RFC 3339; the current time by default.", examples = "2026-02-15T14:30:00Z")
        Instant placedAt) {
    static final Set<String> FIELDS = Fields.of(OrderInput.class);
}
