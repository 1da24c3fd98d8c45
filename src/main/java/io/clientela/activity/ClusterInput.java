package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** Everything of a cluster that a caller may write. */
@RegisterForReflection
@Schema(description = "What a caller may write of a cluster. In an update an absent field stays and null clears it.")
public record ClusterInput(
        @Schema(
                description = "Required; unique among the tenant's clusters, whatever its case.",
                maxLength = 200,
                examples = "Wholesale")
        @CodePointLength(max = 200)
        String name,

        @Schema(maxLength = 1000, examples = "Buys by the pallet") @CodePointLength(max = 1000)
        String description) {
    static final Set<String> FIELDS = Fields.of(ClusterInput.class);
}
