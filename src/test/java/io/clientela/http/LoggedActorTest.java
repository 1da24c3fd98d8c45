package io.clientela.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedActorTest {
    @ParameterizedTest
    @ValueSource(strings = {"crm", "dev-admin", "auth0|5f7c8ec7", "urn:service:billing.v2", "a_b"})
    void plainIdentifierIsLogged(String subject) {
        assertThat(LoggedActor.of(subject)).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana@example.com", "a\nGET /v1/customers 200", "a b", "a\r", "José", ""})
    void otherSubjectIsLoggedAsDigest(String subject) {
        assertThat(LoggedActor.of(subject)).matches("sha256:[0-9a-f]{12}").isEqualTo(LoggedActor.of(subject));
    }

    @Test
    void longSubjectIsLoggedAsDigest() {
        assertThat(LoggedActor.of("x".repeat(128))).hasSize(128);
        assertThat(LoggedActor.of("x".repeat(129))).startsWith("sha256:");
    }

    @Test
    void differentSubjectsHaveDifferentDigests() {
        assertThat(LoggedActor.of("ana@example.com")).isNotEqualTo(LoggedActor.of("eva@example.com"));
    }

    @Test
    void missingSubjectIsNotLogged() {
        assertThat(LoggedActor.of(null)).isNull();
    }
}
