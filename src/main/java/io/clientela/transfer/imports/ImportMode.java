package io.clientela.transfer.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an import does with a row. */
@Schema
public enum ImportMode {
    /** Adds it, and changes nothing that there is. */
    CREATE,
    /** Updates what its identifiers or its external id lead to, or adds it. */
    UPSERT;

    @JsonCreator
    static ImportMode of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
