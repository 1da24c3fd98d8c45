package io.clientela.transfer.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an import does with a row. */
@Schema
public enum ImportMode {
    /** Adds it, whatever there is. */
    CREATE,
    /** Updates the customer to whom its identifiers lead, or creates one. */
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
