package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The writable fields of a call. */
@RegisterForReflection
@Schema(description = "The writable fields of a call. An update leaves absent fields unchanged; null clears a field.")
public record CallInput(
        @Schema(
                description = "The call's key in the system that it comes from, unique among the tenant's calls.",
                maxLength = 128,
                examples = "pbx-90210")
        @CodePointLength(max = 128)
        String externalId,

        @Schema(description = "`inbound` by default.") CallDirection direction,

        @Schema(description = "RFC 3339; the current time by default.", examples = "2026-02-15T14:30:00Z")
        Instant startedAt,

        @Schema(minimum = "0", examples = "180") @PositiveOrZero
        Integer durationSeconds,

        @Schema(maxLength = 64, examples = "answered") @CodePointLength(max = 64)
        String outcome,

        @Schema(maxLength = 10_000) @CodePointLength(max = 10_000)
        String notes) {
    static final Set<String> FIELDS = Fields.of(CallInput.class);
}
