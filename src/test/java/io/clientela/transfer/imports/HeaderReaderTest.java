package io.clientela.transfer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.customer.CustomerColumns;
import io.clientela.customer.CustomerFields;
import io.clientela.http.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderReaderTest {
    private static final InputColumns COLUMNS =
            InputColumns.of(CustomerFields.class, List.of(), CustomerColumns.readOnlyNames());
    private static final ImportOptions OPTIONS =
            new ImportOptions(ImportMode.UPSERT, false, false, false, "Z", "UTF-8", null, List.of());

    private static ImportOptions read(String header, Map<String, String> mapping) {
        return new HeaderReader(COLUMNS, mapping).read(header.getBytes(StandardCharsets.UTF_8), OPTIONS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name,email           | , | false
                    name;email           | ; | false
                    name                 | , | false
                    "name";"email"       | ; | true
                    "e,mail";name        | ; | false
                    """)
    void delimiterIsFoundOut(String header, char delimiter, boolean quoted) {
        var csv = read(header, header.contains("e,mail") ? Map.of("e,mail", "email") : Map.of())
                .csv();

        assertThat(csv.delimiter()).isEqualTo(delimiter);
        assertThat(csv.quoted()).isEqualTo(quoted);
    }

    @Test
    void tabsAreFoundOut() {
        assertThat(read("name\temail\n", Map.of()).csv())
                .isEqualTo(new CsvHeader('\t', List.of("name", "email"), false));
    }

    @Test
    void namesMayBeWrittenInOtherWays() {
        var options = read("First Name,LAST_NAME,e-mail,Preferences.Newsletter,attributes.Blood Type\r\n", Map.of());

        assertThat(options.csv().columns())
                .containsExactly("first_name", "last_name", "email", "preferences.newsletter", "attributes.Blood Type");
    }

    @Test
    void columnsOfTheServiceAndThoseMappedToNothingAreLeftOut() {
        var options = read("id,name,fax,total_spent,segment", Map.of("fax", ""));

        assertThat(options.csv().columns()).containsExactly(null, "name", null, null, null);
        assertThat(options.ignored()).containsExactly("id", "fax", "total_spent", "segment");
    }

    @Test
    void mappingHasPrecedence() {
        assertThat(read("name,id", Map.of("id", "external_id", "name", "attributes.nick"))
                        .csv()
                        .columns())
                .containsExactly("attributes.nick", "external_id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name,shoe               | unknown column "shoe"
                    name,Name               | the column name twice
                    id                      | no column that is imported
                    attributes,attributes.a | attributes beside a column of a single attribute
                    """)
    void otherHeadersAreRefused(String header, String message) {
        assertThatThrownBy(() -> read(header, Map.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(message);
    }

    @Test
    void headerOfSeparatorsIsRefused() {
        assertThatThrownBy(() -> read(",".repeat(1_000_000), Map.of()))
                .hasMessageContaining("must not be more than 1000");
    }

    @Test
    void mappingOfMissingNameIsRefused() {
        assertThatThrownBy(() -> read("name", Map.of("Nmae", "name")))
                .hasMessageContaining("maps \"Nmae\", which is not in the header");
    }
}
