package io.clientela.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLinesTest {
    private final CsvLines lines = new CsvLines();

    private String taken() {
        return new String(lines.take(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a; a",
                "`  a  `; `  a  `",
                "``; \"\"",
                "a,b; \"a,b\"",
                "a\"b; \"a\"\"b\"",
                "\"; \"\"\"\"",
                "`a\nb`; `\"a\nb\"`",
                "`a\rb`; `\"a\rb\"`",
                "é😀,; \"é😀,\"",
                "é😀; é😀"
            })
    void textIsQuotedIfItMustBe(String text, String cell) {
        lines.text(text);

        assertThat(taken()).isEqualTo(cell);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2026-12-31T23:59:00Z",
                "2026-01-02T03:04:05.100Z",
                "2026-01-02T03:04:05.007Z",
                "2026-01-02T03:04:05.000001Z",
                "2026-01-02T03:04:05.123450Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z"
            })
    void timestampIsThatOfInstant(String text) {
        var timestamp = Instant.parse(text);
        lines.timestamp(timestamp.atOffset(ZoneOffset.UTC));

        assertThat(taken()).isEqualTo(timestamp.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1990-02-28", "0000-01-01", "9999-12-31", "+10000-01-01", "-0001-01-01"})
    void dateIsThatOfLocalDate(String text) {
        lines.date(LocalDate.parse(text));

        assertThat(taken()).isEqualTo(text);
    }

    @Test
    void linesHaveSeparatorsBetweenCells() {
        lines.empty();
        lines.ascii("1");
        lines.empty();
        lines.end();
        lines.text("a");
        lines.end();

        assertThat(taken()).isEqualTo(",1,\r\na\r\n");
        assertThat(taken()).isEmpty();
    }

    @Test
    void lineMayBeLongerThanBuffer() {
        var text = "\"".repeat(300_000);

        lines.text(text);
        lines.ascii("1");
        lines.end();

        assertThat(taken()).isEqualTo("\"" + text + text + "\",1\r\n");
        lines.text("a");
        assertThat(taken()).isEqualTo("a");
    }
}
