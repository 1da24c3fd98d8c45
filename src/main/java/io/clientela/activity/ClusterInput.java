package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The writable fields of a cluster. */
@RegisterForReflection
@Schema(
        description =
                "The writable fields of a cluster. An update leaves absent fields unchanged; null clears a field.")
public record ClusterInput(
        @Schema(
                description = "Required; unique among the tenant's clusters, case-insensitively.",
                maxLength = 200,
                examples = "Wholesale")
        @CodePointLength(max = 200)
        String name,

        @Schema(maxLength = 1000, examples = "Buys by the pallet") @CodePointLength(max = 1000)
        String description) {
    static final Set<String> FIELDS = Fields.of(ClusterInput.class);
}
