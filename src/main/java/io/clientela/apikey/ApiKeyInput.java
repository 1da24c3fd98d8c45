package io.clientela.apikey;

import io.clientela.http.problem.FieldError;
import io.clientela.security.Bearer;
import io.clientela.security.Scopes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** What callers say of a new key. */
@RegisterForReflection
@Schema
public record ApiKeyInput(
        @Schema(maxLength = 200, required = true) @CodePointLength(max = 200)
        String name,

        @Schema(required = true) List<String> scopes,

        @Schema(maxLength = Bearer.MAX_LOCATION_LENGTH) @CodePointLength(max = Bearer.MAX_LOCATION_LENGTH)
        String location,

        Instant expiresAt,

        @Schema(pattern = PREFIX_FORM) String prefix) {
    /** Without {@code customers:self}: a key belongs to no customer. */
    static final List<String> SCOPES = List.of(Scopes.READ, Scopes.WRITE, Scopes.MERGE, Scopes.ADMIN);

    private static final String PREFIX_FORM = "[A-Za-z]{2,10}";
    private static final Pattern PREFIX = Pattern.compile(PREFIX_FORM);
    private static final String DEFAULT_PREFIX = "ck";

    /** Returns the errors of a new key. */
    static List<FieldError> violations(ApiKeyInput input) {
        List<FieldError> errors = new ArrayList<>();
        if (input.name == null) {
            errors.add(FieldError.required("/name"));
        } else if (input.name.isBlank()) {
            errors.add(FieldError.blank("/name", "must not be blank; send a name"));
        }
        if (input.scopes == null || input.scopes.isEmpty()) {
            errors.add(FieldError.required("/scopes", "must name at least one scope"));
        } else {
            errors.addAll(violationsOfScopes(input.scopes));
        }
        if (input.location != null
                && (input.location.isBlank() || input.location.chars().anyMatch(Character::isISOControl))) {
            errors.add(FieldError.blank("/location", "must have 1 to 64 printable characters; use null for none"));
        }
        if (input.expiresAt != null && !input.expiresAt.isAfter(Instant.now())) {
            errors.add(FieldError.outOfRange("/expires_at", "must be in the future"));
        }
        if (input.prefix != null && !PREFIX.matcher(input.prefix).matches()) {
            errors.add(FieldError.invalidFormat("/prefix", "must be 2 to 10 letters, A to Z or a to z"));
        }
        return errors;
    }

    private static List<FieldError> violationsOfScopes(List<String> scopes) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < scopes.size(); i++) {
            if (scopes.get(i) == null || !SCOPES.contains(scopes.get(i))) {
                errors.add(FieldError.invalidValue("/scopes/" + i, "must be one of " + String.join(", ", SCOPES)));
            }
        }
        return errors;
    }

    /**
     * Returns what the key will grant.
     *
     * @param defaultLocation the location of a key that names none, if any
     */
    ApiKeyGrant grant(Optional<String> defaultLocation) {
        return new ApiKeyGrant(
                SCOPES.stream().filter(scopes::contains).toList(),
                location == null ? defaultLocation.orElse(null) : location,
                expiresAt);
    }

    String strippedName() {
        return name.strip();
    }

    String prefixOrDefault() {
        return prefix == null ? DEFAULT_PREFIX : prefix;
    }
}
