package io.clientela.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The settings of duplicate detection. */
@ConfigMapping(prefix = "clientela.duplicates")
public interface DuplicateSettings {
    /**
     * The interval between background runs that compare new and changed customers; with zero, only requests for
     * duplicates start them.
     */
    @WithDefault("5S")
    @DurationMin
    Duration every();
}
