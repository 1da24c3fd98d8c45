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
@Schema
public record OrderInput(
        @Schema(maxLength = 128) @CodePointLength(max = 128) String externalId,
        @Schema(maxLength = 64) @CodePointLength(max = 64) String number,
        OrderStatus status,

        @Schema(minimum = "0") @Digits(integer = 12, fraction = 2) @PositiveOrZero
        BigDecimal total,

        @Schema(minLength = 3, maxLength = 3) String currency,
        Instant placedAt) {
    static final Set<String> FIELDS = Fields.of(OrderInput.class);
}
