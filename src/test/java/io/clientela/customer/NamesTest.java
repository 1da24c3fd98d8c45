package io.clientela.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derivation of missing names. */
class NamesTest {
    @ParameterizedTest(name = "{0}: {1} | {2} | {3} | {4} -> {5} | {6} | {7}")
    @CsvSource(
            delimiter = '|',
            value = {
                "individual | Jane Smith       |      |       |      | Jane Smith       | Jane | Smith",
                "individual | Jane             |      |       |      | Jane             | Jane |",
                "individual | Ana de Souza     |      |       |      | Ana de Souza     | Ana  | de Souza",
                "individual |                  | Jane | Smith |      | Jane Smith       | Jane | Smith",
                "individual |                  | Jane |       |      | Jane             | Jane |",
                "individual |                  |      | Smith |      | Smith            |      | Smith",
                "individual | Jane Smith       | Jane |       |      | Jane Smith       | Jane | Smith",
                "individual | Jane A. Smith    |      | Smith |      | Jane A. Smith    | Jane A. | Smith",
                "individual | Dr. Jane Smith   | Jane |       |      | Dr. Jane Smith   | Jane |",
                "individual | Jane Smith       | J    | S     |      | Jane Smith       | J    | S",
                "individual |                  |      |       | Acme | Acme             |      |",
                "company    |                  | Jane | Smith | Acme | Acme             | Jane | Smith",
                "company    |                  | Jane | Smith |      | Jane Smith       | Jane | Smith",
                "company    | Acme do Brasil   |      |       |      | Acme do Brasil   |      |",
                "individual |                  |      |       |      |                  |      |"
            })
    void missingNamesAreDerivedFromOthers(
            String type,
            String name,
            String first,
            String last,
            String company,
            String expectedName,
            String expectedFirst,
            String expectedLast) {
        var completed =
                new Names(CustomerType.valueOf(type.toUpperCase(Locale.ROOT)), name, first, last, company).completed();

        assertThat(completed.name()).isEqualTo(expectedName);
        assertThat(completed.first()).isEqualTo(expectedFirst);
        assertThat(completed.last()).isEqualTo(expectedLast);
    }
}
