package io.clientela.transfer.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.transfer.AttributeText;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellReaderTest {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");

    private final CellReader cells = new CellReader(new AttributeText(new ObjectMapper()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    TEXT      | 5                    | "5"
                    TEXT      | '+55                 | "+55"
                    TEXT      | ''=1                 | "'=1"
                    TEXT      | 'tis                 | "'tis"
                    NUMBER    | 5.10                 | 5.10
                    NUMBER    | -3                   | -3
                    NUMBER    | 1e9                  | "1e9"
                    NUMBER    | 1,5                  | "1,5"
                    NUMBER    | 007                  | "007"
                    FLAG      | TRUE                 | true
                    FLAG      | no                   | false
                    FLAG      | 1                    | true
                    FLAG      | maybe                | "maybe"
                    DATE      | 2001-02-03           | "2001-02-03"
                    DATE      | 20010203             | "2001-02-03"
                    TIMESTAMP | 2021-01-01T00:00:00  | "2021-01-01T03:00:00Z"
                    TIMESTAMP | 2021-01-01 00:00     | "2021-01-01T03:00:00Z"
                    TIMESTAMP | 2021-01-01T00:00:00Z | "2021-01-01T00:00:00Z"
                    TIMESTAMP | 2021-13-01 00:00     | "2021-13-01 00:00"
                    OBJECT    | {"a":1}              | {"a":1}
                    OBJECT    | nothing              | "nothing"
                    ATTRIBUTE | blue                 | "blue"
                    ATTRIBUTE | 5                    | 5
                    ATTRIBUTE | "5"                  | "5"
                    """)
    void cellIsReadAsItsKind(CellKind kind, String cell, String json) {
        assertThat(cells.read(cell, kind, ZONE).toString()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            a|b;   ["a","b"]
            a\\|b; ["a|b"]
            '=a|b; ["=a","b"]
            """)
    void listIsSplit(String cell, String json) {
        assertThat(cells.read(cell, CellKind.LIST, ZONE).toString()).isEqualTo(json);
    }
}
