package io.clientela.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2Test {
    /** A test vector of the reference implementation (phc-winner-argon2, test.c). */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    @Test
    void hashOfReferenceImplementationMatches() {
        assertThat(Argon2.matches("password", REFERENCE)).isTrue();
        assertThat(Argon2.matches("Password", REFERENCE)).isFalse();
    }

    @Test
    void hashNamesRecommendedParameters() {
        var hash = Argon2.hash("correct horse", new byte[Argon2.SALT_BYTES]);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$");
        assertThat(Argon2.matches("correct horse", hash)).isTrue();
        assertThat(Argon2.matches("correct horses", hash)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "password"})
    void hashOfNobodyMatchesNothing(String password) {
        assertThat(Argon2.matches(password, Argon2.OF_NOBODY)).isFalse();
    }
}
