package io.clientela.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.customer.Identifier.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
    @ParameterizedTest
    @CsvSource({
        "DOCUMENT, 00000000000",
        "DOCUMENT, 11111111111111",
        "DOCUMENT, 12345678909",
        "DOCUMENT, X",
        "PHONE, +5511999999999",
        "PHONE, +551100000000",
        "PHONE, +5511912345678",
        "PHONE, +551112345678",
        "EMAIL, no@email",
        "EMAIL, noreply@shop.example.com",
        "EMAIL, sem.email@gmail.com",
        "EMAIL, jane@x"
    })
    void madeUpValuesArePlaceholders(Kind kind, String key) {
        assertThat(Placeholders.isPlaceholder(new Identifier(kind, key))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "EXTERNAL_ID, 0",
        "EXTERNAL_ID, none",
        "DOCUMENT, 52998224725",
        "DOCUMENT, 00000000191",
        "DOCUMENT, AB12",
        "PHONE, +5511987654321",
        "PHONE, +5511999999998",
        "PHONE, +18001231234",
        "PHONE, +5511999999999;ext=12",
        "EMAIL, jane@example.com",
        "EMAIL, nonato@example.com",
        "EMAIL, no.reply.jones@example.com"
    })
    void ordinaryValuesAreNot(Kind kind, String key) {
        assertThat(Placeholders.isPlaceholder(new Identifier(kind, key))).isFalse();
    }
}
