package io.clientela.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How duplicates are looked for. */
@ConfigMapping(prefix = "clientela.duplicates")
public interface DuplicateSettings {
    /** How often the customers who are new or changed are compared with others; zero for only when somebody asks. */
    @WithDefault("5S")
    @DurationMin
    Duration every();
}
