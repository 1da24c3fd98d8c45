package io.clientela.security;

import io.clientela.http.problem.FieldError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a secret is rotated. */
@RegisterForReflection
@Schema
public record RotationInput(
        @Schema(minimum = "0", maximum = "2592000", defaultValue = "86400")
        Integer overlapSeconds) {
    private static final byte[] NO_CHOICES = "{}".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_OVERLAP = (int) Duration.ofDays(30).toSeconds();
    private static final int DEFAULT_OVERLAP = (int) Duration.ofDays(1).toSeconds();

    /** Returns a request's body, or one that chooses nothing if it has none. */
    public static byte[] bodyOrDefault(byte[] body) {
        return body == null || body.length == 0 ? NO_CHOICES : body;
    }

    /** Returns the errors of a rotation. */
    public static List<FieldError> violations(RotationInput input) {
        boolean valid =
                input.overlapSeconds == null || (input.overlapSeconds >= 0 && input.overlapSeconds <= MAX_OVERLAP);
        return valid
                ? List.of()
                : List.of(FieldError.outOfRange("/overlap_seconds", "must be a whole number from 0 to " + MAX_OVERLAP));
    }

    /** Returns how long the present secrets remain valid, in seconds. */
    public int overlap() {
        return overlapSeconds == null ? DEFAULT_OVERLAP : overlapSeconds;
    }
}
