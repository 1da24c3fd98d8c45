package io.clientela.account;

import io.clientela.http.problem.FieldError;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a password may be (NIST SP 800-63B, section 3.1.1.2): 8 to 128 characters of any kind in normalisation form KC,
 * and none of the commonest passwords, in whatever case.
 */
@Startup
@Singleton
class PasswordRules {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;
    private static final String COMMON = "/account/common-passwords.txt";

    private final Set<String> common;

    PasswordRules() {
        common = readCommon();
    }

    private static Set<String> readCommon() {
        var file = Objects.requireNonNull(PasswordRules.class.getResourceAsStream(COMMON), COMMON);
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the errors of a new password. */
    List<FieldError> validateNew(String field, String password) {
        if (password == null) {
            return List.of(FieldError.required(field));
        }
        if (isTooLong(password)) {
            return tooLong(field);
        }
        var normalized = normalized(password);
        if (isTooLong(normalized)) {
            return tooLong(field);
        }
        if (length(normalized) < MIN_LENGTH) {
            return List.of(FieldError.invalidLength(field, "must have at least " + MIN_LENGTH + " characters"));
        }
        return common.contains(normalized.toLowerCase(Locale.ROOT))
                ? List.of(new FieldError(field, "common_password", "is one of the commonest passwords; choose another"))
                : List.of();
    }

    /** Returns the errors of a password to be checked: a longer one than any can be is not worth a hash. */
    static List<FieldError> validateCurrent(String field, String password) {
        if (password == null) {
            return List.of(FieldError.required(field));
        }
        return isTooLong(password) ? tooLong(field) : List.of();
    }

    /** Returns the form of a password that is hashed, the same for every notation of its characters. */
    static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static boolean isTooLong(String password) {
        return length(password) > MAX_LENGTH;
    }

    private static int length(String password) {
        return password.codePointCount(0, password.length());
    }

    private static List<FieldError> tooLong(String field) {
        return List.of(FieldError.tooLong(field, MAX_LENGTH));
    }
}
