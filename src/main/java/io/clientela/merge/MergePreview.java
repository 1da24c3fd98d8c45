package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The preview of a merge. */
@RegisterForReflection
@Schema
public record MergePreview(
        @Schema(implementation = CustomerView.class) ObjectNode customer,
        List<MergeConflict> conflicts,
        MergeView.MoveCounts moved,
        List<Blocking> blocking) {
    /** A reason to reject the merge. */
    @RegisterForReflection
    @Schema(name = "MergeBlocking")
    public record Blocking(UUID customerId, String reason) {}
}
