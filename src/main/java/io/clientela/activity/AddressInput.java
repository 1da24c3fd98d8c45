package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** Everything of an address that a caller may write. */
@RegisterForReflection
@Schema(
        description = "What a caller may write of an address: something beside `label` and `is_default` at least. In an"
                + " update an absent field stays and null clears it.")
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
                        "A customer has one default address at most: a new one takes it from the other. The first address is it unless it says otherwise.")
        @JsonProperty("is_default")
        Boolean isDefault) {
    static final Set<String> FIELDS = Fields.of(AddressInput.class);

    /** The same, with or without being the default. */
    AddressInput withDefault(boolean nowDefault) {
        return new AddressInput(label, line1, line2, district, city, state, postalCode, country, nowDefault);
    }
}
