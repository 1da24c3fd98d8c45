package io.clientela.merge;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The target after a merge, with the id of the merge. */
@RegisterForReflection
@Schema(description = "The target as they are now, with these fields.")
public record MergeResult(
        @Schema(hidden = true) @JsonUnwrapped CustomerView customer,

        @Schema(description = "The id to undo the merge.") UUID mergeId,

        @Schema(description = "How many customers were merged into the target.", examples = "1")
        int mergedCount) {}
