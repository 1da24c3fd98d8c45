package io.clientela.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedSecretTest {
    @Test
    void onlyTheSameTokenOpens() {
        var sealed = SealedSecret.seal("ck_1_2", "Bearer a");

        assertThat(sealed).doesNotContain("ck_1_2");
        assertThat(SealedSecret.open(sealed, "Bearer a")).hasValue("ck_1_2");
        assertThat(SealedSecret.open(sealed, "Bearer b")).isEmpty();
    }

    @Test
    void sameKeyIsSealedDifferently() {
        assertThat(SealedSecret.seal("ck_1_2", "Bearer a")).isNotEqualTo(SealedSecret.seal("ck_1_2", "Bearer a"));
    }
}
