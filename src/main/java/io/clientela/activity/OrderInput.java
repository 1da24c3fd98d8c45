package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** Everything of an order that a caller may write. */
@RegisterForReflection
@Schema(description = "What a caller may write of an order. In an update an absent field stays and null clears it.")
public record OrderInput(
        @Schema(
                description = "The key of the system that the order comes from: one order is added once.",
                maxLength = 128,
                examples = "shop-1001")
        @CodePointLength(max = 128)
        String externalId,

        @Schema(description = "As the customer knows it.", maxLength = 64, examples = "2026-1001")
        @CodePointLength(max = 64)
        String number,

        @Schema(description = "`pending` unless it says otherwise. `canceled` and `refunded` do not count as spent.")
        OrderStatus status,

        @Schema(description = "Required; at most two decimals.", minimum = "0", examples = "129.90")
        @Digits(integer = 12, fraction = 2)
        @PositiveOrZero
        BigDecimal total,

        @Schema(
                description = "ISO 4217; a setting says what it is unless it says otherwise.",
                minLength = 3,
                maxLength = 3,
                examples = "BRL")
        String currency,

        @Schema(description = "RFC 3339; now, unless it says otherwise.", examples = "2026-02-15T14:30:00Z")
        Instant placedAt) {
    static final Set<String> FIELDS = Fields.of(OrderInput.class);
}
