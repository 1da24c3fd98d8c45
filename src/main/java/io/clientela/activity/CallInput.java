package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The writable fields of a call. */
@RegisterForReflection
@Schema
public record CallInput(
        @Schema(maxLength = 128) @CodePointLength(max = 128) String externalId,
        CallDirection direction,
        Instant startedAt,
        @Schema(minimum = "0") @PositiveOrZero Integer durationSeconds,
        @Schema(maxLength = 64) @CodePointLength(max = 64) String outcome,

        @Schema(maxLength = 10_000) @CodePointLength(max = 10_000)
        String notes) {
    static final Set<String> FIELDS = Fields.of(CallInput.class);
}
