package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The preview of a merge. */
@RegisterForReflection
@Schema(description = "What the merge would do.")
public record MergePreview(
        @Schema(description = "The target as they would be.", implementation = CustomerView.class)
        ObjectNode customer,

        @Schema(description = "Where the customers differ, and what would be kept.")
        List<MergeConflict> conflicts,

        MergeView.MoveCounts moved,

        @Schema(description = "Why the merge would be refused; empty if it would not.")
        List<Blocking> blocking) {
    /** A reason to reject the merge. */
    @RegisterForReflection
    @Schema(name = "MergeBlocking")
    public record Blocking(
            UUID customerId,
            @Schema(examples = "anonymized") String reason) {}
}
