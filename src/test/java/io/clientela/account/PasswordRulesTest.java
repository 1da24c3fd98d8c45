package io.clientela.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.http.problem.FieldError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PasswordRulesTest {
    private final PasswordRules rules = new PasswordRules();

    static Stream<Arguments> rejected() {
        return Stream.of(
                Arguments.of(null, "required"),
                Arguments.of("", "invalid_length"),
                Arguments.of("x7#kQ!p", "invalid_length"),
                Arguments.of("🐎🐎🐎🐎🐎🐎🐎", "invalid_length"), // seven characters of two units each
                Arguments.of("x".repeat(129), "invalid_length"),
                Arguments.of("\uFDFA".repeat(100), "invalid_length"), // 18 characters each, once normalised
                Arguments.of("password", "common_password"),
                Arguments.of("PassWord", "common_password"),
                Arguments.of("ｐａｓｓｗｏｒｄ", "common_password"), // full width
                Arguments.of("1234567890", "common_password"));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void weakPasswordIsRejected(String password, String code) {
        assertThat(rules.validateNew("/new_password", password))
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("/new_password", code));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void otherPasswordIsAccepted(String password) {
        assertThat(rules.validateNew("/new_password", password)).isEmpty();
    }

    static Stream<String> accepted() {
        return Stream.of("x7#kQ!pz", "correct horse battery staple", "🐎🐎🐎🐎🐎🐎🐎🐎", "é".repeat(128), "        ");
    }

    @Test
    void normalizedFormIsTheSameForEachNotation() {
        assertThat(PasswordRules.normalized("caf\u00E9 \uFB01ne"))
                .isEqualTo(PasswordRules.normalized("cafe\u0301 fine"))
                .isEqualTo("café fine");
    }
}
