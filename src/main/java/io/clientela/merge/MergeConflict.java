package io.clientela.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A field with different values in the customers of a merge. */
@RegisterForReflection
@Schema
public record MergeConflict(
        String field, @Schema(implementation = Object.class) JsonNode kept, List<Candidate> candidates) {

    /** The value of one customer. */
    @RegisterForReflection
    @Schema(name = "MergeCandidate")
    public record Candidate(
            String customerId,
            @Schema(implementation = Object.class) JsonNode value) {}
}
