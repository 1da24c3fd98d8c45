package io.clientela.identity.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How fields are split and normalised for comparison. */
class MatchFieldsTest {
    @ParameterizedTest(name = "{0} ~ {1}: {2}")
    @CsvSource({
        "jose, jose, EQUAL",
        "j, jose, INITIAL",
        "j, ana, DIFFERENT",
        "jnae, jane, CLOSE",
        "smith, smyth, CLOSE",
        "smith, mith, CLOSE",
        "catherine, cathrine, CLOSE",
        "paulo, paula, DIFFERENT",
        "kai, kia, VAGUE",
        "leonard, leonsd, VAGUE",
        "ana, eva, DIFFERENT",
        "pedro, paulo, DIFFERENT",
        "noah, fergus, DIFFERENT"
    })
    void wordSimilarityDependsOnTypingErrors(String a, String b, WordSimilarity similarity) {
        assertThat(WordSimilarity.of(a, b)).isEqualTo(similarity);
        assertThat(WordSimilarity.of(b, a)).isEqualTo(similarity);
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "José da Silva Santos | jose silva santos |",
                "Dr. Otto von Kranz | otto kranz |",
                "O'Brien, D’Ávila | obrien davila |",
                "João Lima Filho | joao lima | filho",
                "John Smith Jr. | john smith | junior",
                "Ana Neto | ana neto |",
                "Straße Łódź Ærø | strasse lodz aero |",
                "de la | de la |"
            })
    void nameKeepsSignificantWordsAndGeneration(String name, String words, String generation) {
        assertThat(PersonName.of(name)).isEqualTo(new PersonName(List.of(words.split(" ")), generation));
    }

    @ParameterizedTest(name = "{0}: {1} / {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Rua das Flores, 12 - apto 45 - Curitiba 80010-000 | flores curitiba | 12 45 80010000",
                "12-14 High Street | high | 12 14",
                "Av. Brasil 1.500 | brasil | 1 500"
            })
    void addressIsSplitIntoWordsAndNumbers(String line, String words, String numbers) {
        assertThat(Address.of(line))
                .isEqualTo(new Address(Arrays.asList(words.split(" ")), Arrays.asList(numbers.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"52998224725", "11144477735", "11222333000181", "12ABC34501DE35"})
    void validCheckDigitsAreAccepted(String document) {
        assertThat(DocumentComparison.hasValidCheckDigits(document)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"52998224752", "52998224724", "11222333000182", "12ABC34501DE53", "4711", "A4711X"})
    void invalidCheckDigitsAreRejected(String document) {
        assertThat(DocumentComparison.hasValidCheckDigits(document)).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "j.smith+shop@gmail.com, jsmith@gmail.com",
        "j.smith@googlemail.com, jsmith@gmail.com",
        "j.smith+shop@acme.com, j.smith@acme.com",
        "no-reply@acme.com,",
        "nothing,"
    })
    void addressesOfOneMailboxAreEqual(String email, String mailbox) {
        var result = Mailbox.of(email);
        assertThat(result == null ? null : result.toString()).isEqualTo(mailbox);
    }

    @Test
    void companyNameIgnoresLegalForm() {
        assertThat(CompanyName.of("Acme do Brasil Ltda.")).isEqualTo(CompanyName.of("ACME Brasil S.A."));
        assertThat(CompanyName.of("Acme Filial 2")).isNotEqualTo(CompanyName.of("Acme"));
    }
}
