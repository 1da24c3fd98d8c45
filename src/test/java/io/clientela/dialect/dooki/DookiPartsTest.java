package io.clientela.dialect.dooki;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.customer.Attributes;
import io.vertx.core.MultiMap;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How Dooki's fields follow from those of the service. */
class DookiPartsTest {
    private static final String ID = "01a206b107c575e292033557b63c9ad8";
    private static final String SECRET = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "+5516981875668      | 16  | 16981875668 | 981875668 | (16) 98187-5668 | https://wa.me/5516981875668",
                "+551633334444       | 16  | 1633334444  | 33334444  | (16) 3333-4444  | https://wa.me/551633334444",
                "+5511999999999      | 11  | 11999999999 | 999999999 | (11) 99999-9999 | https://wa.me/5511999999999",
                "+551633334444;ext=9 | 16  | 1633334444  | 33334444  | (16) 3333-4444  | https://wa.me/551633334444",
                "+558001234567       | -   | 8001234567  | 8001234567 | 0800 123 4567  | https://wa.me/558001234567",
                "+12122345678        | 212 | 2122345678  | 2345678   | (212) 234-5678  | https://wa.me/12122345678",
                "+18001234567        | -   | 8001234567  | 8001234567 | (800) 123-4567 | https://wa.me/18001234567",
                "+442079460958       | 20  | 2079460958  | 79460958  | 020 7946 0958   | https://wa.me/442079460958",
                "+6581234567         | -   | 81234567    | 81234567  | 8123 4567       | https://wa.me/6581234567"
            })
    void phoneHasParts(String e164, String area, String full, String number, String formatted, String link) {
        assertThat(DookiPhone.of(e164)).isEqualTo(new DookiPhone(area, full, number, formatted, link));
    }

    @Test
    void missingPhoneIsNull() {
        assertThat(DookiPhone.of(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "12345678900, 123.456.789-00",
        "123, 123",
    })
    void cpfHasPunctuation(String key, String cpf) {
        assertThat(DookiDocument.cpf(key)).isEqualTo(cpf);
    }

    @ParameterizedTest
    @CsvSource({
        "11222333000181, 11.222.333/0001-81",
        "12ABC34501DE35, 12.ABC.345/01DE-35",
        "12ABC, 12ABC",
    })
    void cnpjHasPunctuation(String key, String cnpj) {
        assertThat(DookiDocument.cnpj(key)).isEqualTo(cnpj);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "Rua das Flores, 123     | Rua das Flores        | 123",
                "Rua das Flores , nº 12a | Rua das Flores        | 12a",
                "Rua das Flores, s/n     | Rua das Flores        | s/n",
                "Rua A, Quadra 2, 10     | Rua A, Quadra 2       | 10",
                "Rua 15 de Novembro      | Rua 15 de Novembro    | -",
                "Rua A, Quadra 2         | Rua A, Quadra 2       | -",
                "221B Baker Street       | 221B Baker Street     | -",
                "', 5'                   | ', 5'                 | -",
                "-                       | -                     | -"
            })
    void streetHasNumberBehindComma(String line, String street, String number) {
        assertThat(DookiStreet.of(line)).isEqualTo(new DookiStreet(street, number));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"123, 123", "-5, -5", "12345678901234567890, -", "abc, -", "'', -", "-, -"})
    void socialIdIsInteger(String id, Long expected) {
        assertThat(DookiCustomer.socialId(id)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "{'a':'Nike'}            | Nike",
                "{'a':['Nike','Puma',1]} | Nike, Puma, 1",
                "{'a':[]}                | ''",
                "{'a':true}              | true",
                "{'a':null}              | -",
                "{'a':{'b':1}}           | -",
                "{}                      | -"
            })
    void attributeIsText(String json, String text) throws IOException {
        var attributes = Attributes.of(
                (com.fasterxml.jackson.databind.node.ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"')));

        assertThat(DookiAttributes.of(attributes).text("a")).isEqualTo(text);
    }

    @Test
    void tenantNumberIsStable() {
        assertThat(DookiTenant.number("acme"))
                .isEqualTo(DookiTenant.number("acme"))
                .isPositive();
        assertThat(DookiTenant.number("acme")).isNotEqualTo(DookiTenant.number("acme2"));
    }

    private static MultiMap headers(String id, String secret) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        if (id != null) {
            headers.add("user-token", id);
        }
        if (secret != null) {
            headers.add("user-secret-key", secret);
        }
        return headers;
    }

    @Test
    void credentialsAreAnApiKey() {
        var key = "Bearer ck_" + ID + "_" + SECRET;

        assertThat(DookiCredentials.bearer(headers(ID, SECRET))).contains(key);
        assertThat(DookiCredentials.bearer(headers("01a206b1-07c5-75e2-9203-3557b63c9ad8", SECRET)))
                .contains(key);
        assertThat(DookiCredentials.bearer(headers(ID, "acme_" + ID + "_" + SECRET)))
                .contains("Bearer acme_" + ID + "_" + SECRET);
        assertThat(DookiCredentials.bearer(headers(null, null))).isEmpty();
    }

    @Test
    void incompleteCredentialsAreRejected() {
        var twice = headers(ID, SECRET).add("User-Token", ID);

        assertThat(DookiCredentials.bearer(headers(ID, null))).contains("Bearer -");
        assertThat(DookiCredentials.bearer(headers(null, SECRET))).contains("Bearer -");
        assertThat(DookiCredentials.bearer(headers(ID, "secret"))).contains("Bearer -");
        assertThat(DookiCredentials.bearer(headers(SECRET, "ck_" + ID + "_" + SECRET)))
                .contains("Bearer -");
        assertThat(DookiCredentials.bearer(twice)).contains("Bearer -");
    }
}
