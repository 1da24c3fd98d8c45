package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** Everything of a call that a caller may write. */
@RegisterForReflection
@Schema(description = "What a caller may write of a call. In an update an absent field stays and null clears it.")
public record CallInput(
        @Schema(
                description = "The key of the system that the call comes from: one call is added once.",
                maxLength = 128,
                examples = "pbx-90210")
        @CodePointLength(max = 128)
        String externalId,

        @Schema(description = "Who called whom; `inbound` unless it says otherwise.")
        CallDirection direction,

        @Schema(description = "RFC 3339; now, unless it says otherwise.", examples = "2026-02-15T14:30:00Z")
        Instant startedAt,

        @Schema(minimum = "0", examples = "180") @PositiveOrZero
        Integer durationSeconds,

        @Schema(maxLength = 64, examples = "answered") @CodePointLength(max = 64)
        String outcome,

        @Schema(maxLength = 10_000) @CodePointLength(max = 10_000)
        String notes) {
    static final Set<String> FIELDS = Fields.of(CallInput.class);
}
