package io.clientela.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadsheetTextTest {
    @Test
    void formulasArePrefixed() {
        for (String start : List.of("=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20")) {
            assertThat(SpreadsheetText.protect(start + "1")).isEqualTo("'" + start + "1");
            assertThat(SpreadsheetText.protect("''" + start)).isEqualTo("'''" + start);
        }
    }

    @Test
    void otherTextsStay() {
        for (String text : List.of("", "'", "''", "'tis", "O'Neil", "1-2", " =1", "a=b")) {
            assertThat(SpreadsheetText.protect(text)).isEqualTo(text);
            assertThat(SpreadsheetText.unprotect(text)).isEqualTo(text);
        }
    }

    @Test
    void everyShortTextIsRestored() {
        Map<String, String> originals = new HashMap<>();
        for (String first : List.of("", "'", "=", "a")) {
            for (String second : List.of("", "'", "-", " ")) {
                for (String third : List.of("", "'", "\t", "b")) {
                    var text = first + second + third;

                    var written = SpreadsheetText.protect(text);

                    assertThat(SpreadsheetText.unprotect(written)).isEqualTo(text);
                    assertThat(originals.getOrDefault(written, text)).isEqualTo(text);
                    originals.put(written, text);
                }
            }
        }
    }
}
