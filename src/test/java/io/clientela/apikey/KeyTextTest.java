package io.clientela.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    private static final UUID ID = UUID.fromString("f199c1d0-7f3a-7b52-9d55-0f6d3c1f2a10");
    private static final String ID_TEXT = "f199c1d07f3a7b529d550f6d3c1f2a10";
    private static final String SECRET = "0123456789abcdef".repeat(4);

    @Test
    void generatedKeyIsReadBack() {
        var key = KeyText.generate("ck", ID);

        assertThat(key.text()).matches("ck_" + ID_TEXT + "_[0-9a-f]{64}");
        assertThat(KeyText.parse(key.text())).hasValueSatisfying(read -> {
            assertThat(read.id()).isEqualTo(ID);
            assertThat(read.prefix()).isEqualTo("ck");
            assertThat(read.secret()).isEqualTo(key.secret());
        });
    }

    @Test
    void generatedSecretsDiffer() {
        assertThat(KeyText.generate("ck", ID).secret())
                .hasSize(32)
                .isNotEqualTo(KeyText.generate("ck", ID).secret());
    }

    @Test
    void textForLogsHasNoSecret() {
        var key = KeyText.generate("ck", ID);

        assertThat(key).hasToString("ck_" + ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc.def.ghi",
                "ck_" + ID_TEXT,
                ID_TEXT + "_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "c_" + ID_TEXT + "_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "elevenchars_" + ID_TEXT + "_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "ck_" + ID_TEXT + "_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
                "ck_" + ID_TEXT + "_0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
                "ck_" + ID_TEXT + "_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef ",
                "ck_g199c1d07f3a7b529d550f6d3c1f2a10_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void otherTokensAreNotKeys(String token) {
        assertThat(KeyText.parse(token)).isEmpty();
        assertThat(KeyText.parse("ck_" + ID_TEXT + "_" + SECRET)).isPresent();
    }
}
