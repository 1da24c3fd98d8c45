package io.clientela.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A field with different values in the customers of a merge. */
@RegisterForReflection
@Schema(description = "A field in which the customers differ.")
public record MergeConflict(
        @Schema(description = "The field, or a member of one.", examples = "email")
        String field,

        @Schema(description = "The value that is kept.", implementation = Object.class)
        JsonNode kept,

        List<Candidate> candidates) {
    /** The value of one customer. */
    @RegisterForReflection
    @Schema(name = "MergeCandidate", description = "The value of one customer.")
    public record Candidate(
            String customerId,
            @Schema(implementation = Object.class) JsonNode value) {}
}
