package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The writable fields of an address. */
@RegisterForReflection
@Schema(
        description =
                "The writable fields of an address. At least one field other than `label` and `is_default` is required. An"
                        + " update leaves absent fields unchanged; null clears a field.")
public record AddressInput(
        @Schema(maxLength = 64, examples = "home") @CodePointLength(max = 64)
        String label,

        @Schema(maxLength = 200, examples = "Av. Paulista, 1000") @CodePointLength(max = 200)
        String line1,

        @Schema(maxLength = 200, examples = "apto 42") @CodePointLength(max = 200)
        String line2,

        @Schema(maxLength = 100, examples = "Bela Vista") @CodePointLength(max = 100)
        String district,

        @Schema(maxLength = 100, examples = "São Paulo") @CodePointLength(max = 100)
        String city,

        @Schema(maxLength = 100, examples = "SP") @CodePointLength(max = 100)
        String state,

        @Schema(maxLength = 20, examples = "01310-100") @CodePointLength(max = 20)
        String postalCode,

        @Schema(description = "ISO 3166-1 alpha-2.", minLength = 2, maxLength = 2, examples = "BR")
        String country,

        @Schema(
                description =
                        "A customer has at most one default address: a new default replaces the old one. The first address is the default unless the field is false.")
        @JsonProperty("is_default")
        Boolean isDefault) {
    static final Set<String> FIELDS = Fields.of(AddressInput.class);

    /** Returns a copy with this {@code is_default}. */
    AddressInput withDefault(boolean newDefault) {
        return new AddressInput(label, line1, line2, district, city, state, postalCode, country, newDefault);
    }
}
