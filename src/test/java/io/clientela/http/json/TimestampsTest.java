package io.clientela.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3339, section 5.6. */
class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-02-15T14:30:00Z, 2026-02-15T14:30:00Z",
        "2026-02-15t14:30:00z, 2026-02-15T14:30:00Z",
        "2026-02-15T11:30:00-03:00, 2026-02-15T14:30:00Z",
        "2026-02-15T14:30:00.5Z, 2026-02-15T14:30:00.500Z",
        "2026-02-15T14:30:00.123456789Z, 2026-02-15T14:30:00.123456Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
    })
    void timestampIsConvertedToUtc(String text, String instant) {
        assertThat(Timestamps.parse(text)).hasToString("Optional[" + instant + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-15",
                "2026-02-15T14:30Z",
                "2026-02-15T14:30:00",
                "2026-02-15 14:30:00Z",
                "2026-02-30T14:30:00Z",
                "2026-02-15T24:00:00Z",
                "2026-02-15T14:30:00+25:00",
                "2026-02-15T14:30:00.1234567890Z",
                "0000-12-31T00:00:00Z",
                "0001-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "+12026-02-15T14:30:00Z",
                "1771165800"
            })
    void invalidTimestampIsEmpty(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }
}
