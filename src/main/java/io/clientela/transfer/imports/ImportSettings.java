package io.clientela.transfer.imports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The settings of imports. */
@ConfigMapping(prefix = "clientela.imports")
public interface ImportSettings {
    /** The maximum size of a file. */
    @WithDefault("4G")
    MemorySize maxSize();

    /** How many imports of a tenant may be unfinished at the same time: each is stored until it is done. */
    @WithDefault("20")
    @Positive
    int maxUnfinished();

    /**
     * How often this instance looks for imports that wait, such as those of an instance that was killed. One that it
     * received itself it begins at once. With zero, it works on none but those.
     */
    @WithDefault("1S")
    @DurationMin
    Duration every();
}
