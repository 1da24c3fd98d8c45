package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The writable fields of a cluster. */
@RegisterForReflection
@Schema
public record ClusterInput(
        @Schema(maxLength = 200) @CodePointLength(max = 200) String name,

        @Schema(maxLength = 1000) @CodePointLength(max = 1000)
        String description) {
    static final Set<String> FIELDS = Fields.of(ClusterInput.class);
}
