package io.clientela.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The months of signups begin in the business's time zone. */
class SignupMonthsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T01:00:00Z");

    @Test
    void monthsBeginInTheTimeZone() {
        var utc = new SignupMonths(NOW, ZoneOffset.UTC);
        var saoPaulo = new SignupMonths(NOW, ZoneId.of("America/Sao_Paulo"));

        assertThat(utc.names()).hasSize(24).startsWith("2024-04").endsWith("2026-03");
        assertThat(saoPaulo.names()).hasSize(24).startsWith("2024-03").endsWith("2026-02");
        assertThat(saoPaulo.starts()[23].toInstant()).hasToString("2026-02-01T03:00:00Z");
        assertThat(saoPaulo.ends()[22]).isEqualTo(saoPaulo.starts()[23]);
    }

    @Test
    void monthsFollowSummerTime() {
        var newYork = new SignupMonths(NOW, ZoneId.of("America/New_York"));

        assertThat(newYork.starts()[16].toInstant()).hasToString("2025-07-01T04:00:00Z");
        assertThat(newYork.starts()[22].toInstant()).hasToString("2026-01-01T05:00:00Z");
    }
}
