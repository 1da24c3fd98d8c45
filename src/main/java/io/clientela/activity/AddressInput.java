package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The writable fields of an address. */
@RegisterForReflection
@Schema
public record AddressInput(
        @Schema(maxLength = 64) @CodePointLength(max = 64) String label,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String line1,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String line2,
        @Schema(maxLength = 100) @CodePointLength(max = 100) String district,
        @Schema(maxLength = 100) @CodePointLength(max = 100) String city,
        @Schema(maxLength = 100) @CodePointLength(max = 100) String state,
        @Schema(maxLength = 20) @CodePointLength(max = 20) String postalCode,
        @Schema(minLength = 2, maxLength = 2) String country,
        @JsonProperty("is_default") Boolean isDefault) {
    static final Set<String> FIELDS = Fields.of(AddressInput.class);

    /** Returns a copy with this {@code is_default}. */
    AddressInput withDefault(boolean newDefault) {
        return new AddressInput(label, line1, line2, district, city, state, postalCode, country, newDefault);
    }
}
