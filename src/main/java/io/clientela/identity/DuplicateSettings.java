package io.clientela.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How duplicates are looked for. */
@ConfigMapping(prefix = "clientela.duplicates")
public interface DuplicateSettings {
    /** How often the customers who are new or changed are compared with others; {@code off} for only when asked. */
    @WithDefault("5S")
    String every();
}
