package io.clientela.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of retention. */
class RetentionSettingsTest {
    private static RetentionSettings settings(Map<String, String> values) {
        BeanValidationConfigValidator validator =
                () -> Validation.buildDefaultValidatorFactory().getValidator();
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(RetentionSettings.class)
                .withValidator(validator)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(RetentionSettings.class);
    }

    @Test
    void historyAndSnapshotsAreKeptByDefault() {
        var settings = settings(Map.of());

        assertThat(settings.history()).isEmpty();
        assertThat(settings.mergeSnapshots()).isEmpty();
        assertThat(settings.undoneMerges()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.idempotentResponses()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "history, 6D, set CLIENTELA_RETENTION_HISTORY to 7D or longer",
        "idempotent-responses, 23H, set CLIENTELA_RETENTION_IDEMPOTENT_RESPONSES to 24H or longer",
        "merge-snapshots, 1H, set CLIENTELA_RETENTION_MERGE_SNAPSHOTS to 1D or longer",
        "undone-merges, -1H, set CLIENTELA_RETENTION_UNDONE_MERGES to 0D or longer"
    })
    void shorterTimeIsRefusedWithWhatToSet(String setting, String value, String advice) {
        assertThatThrownBy(() -> settings(Map.of("clientela.retention." + setting, value)))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining(advice);
    }

    @Test
    void shortestTimesAreAccepted() {
        var settings = settings(Map.of(
                "clientela.retention.history", "7D",
                "clientela.retention.idempotent-responses", "24H",
                "clientela.retention.merge-snapshots", "1D",
                "clientela.retention.undone-merges", "0D"));

        assertThat(settings.history()).contains(Duration.ofDays(7));
    }
}
