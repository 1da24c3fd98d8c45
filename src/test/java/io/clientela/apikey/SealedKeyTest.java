package io.clientela.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedKeyTest {
    @Test
    void onlyTheSameTokenOpens() {
        var sealed = SealedKey.seal("ck_1_2", "Bearer a");

        assertThat(sealed).doesNotContain("ck_1_2");
        assertThat(SealedKey.open(sealed, "Bearer a")).hasValue("ck_1_2");
        assertThat(SealedKey.open(sealed, "Bearer b")).isEmpty();
    }

    @Test
    void sameKeyIsSealedDifferently() {
        assertThat(SealedKey.seal("ck_1_2", "Bearer a")).isNotEqualTo(SealedKey.seal("ck_1_2", "Bearer a"));
    }
}
