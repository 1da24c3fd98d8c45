package io.clientela.activity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of a record's fields on the wire. */
final class Fields {
    private Fields() {}

    /**
     * Asked from static initializers only, which a native image runs while it is built: it has no record components.
     */
    static Set<String> of(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
