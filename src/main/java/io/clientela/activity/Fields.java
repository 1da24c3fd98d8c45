package io.clientela.activity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The JSON names of a record's fields. */
final class Fields {
    private Fields() {}

    /**
     * Returns the names. Call it from static initializers only: they run while the native image is built, where record
     * components are not available at run time.
     */
    static Set<String> of(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
