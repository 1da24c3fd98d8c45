package io.clientela.webhook;

import io.clientela.http.problem.FieldError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How the secret of a webhook is rotated. */
@RegisterForReflection
@Schema
public record SecretRotationInput(
        @Schema(minimum = "0", maximum = "2592000", defaultValue = "86400")
        Integer overlapSeconds) {
    private static final int MAX_OVERLAP = (int) Duration.ofDays(30).toSeconds();
    private static final int DEFAULT_OVERLAP = (int) Duration.ofDays(1).toSeconds();

    /** Returns the errors of a rotation. */
    static List<FieldError> violations(SecretRotationInput input) {
        boolean valid =
                input.overlapSeconds == null || (input.overlapSeconds >= 0 && input.overlapSeconds <= MAX_OVERLAP);
        return valid
                ? List.of()
                : List.of(FieldError.outOfRange("/overlap_seconds", "must be a whole number from 0 to " + MAX_OVERLAP));
    }

    /** Returns how long the present secrets go on signing, in seconds. */
    int overlap() {
        return overlapSeconds == null ? DEFAULT_OVERLAP : overlapSeconds;
    }
}
