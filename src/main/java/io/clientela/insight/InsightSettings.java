package io.clientela.insight;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;

/** The settings of the analytics. */
@ConfigMapping(prefix = "clientela.analytics")
public interface InsightSettings {
    /** The time zone in which months begin, by its name in the IANA database. */
    @WithDefault("UTC")
    ZoneId timeZone();
}
