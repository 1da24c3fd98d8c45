package io.clientela.merge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A merge as callers read it. */
@RegisterForReflection
@Schema(name = "Merge", description = "A merge of customers into another one.")
public record MergeView(
        UUID id,
        UUID targetId,
        List<UUID> sourceIds,
        Instant mergedAt,

        @Schema(description = "The subject of the token that did it; null for a token without one.")
        String mergedBy,

        @Schema(description = "Null unless the merge was undone.")
        Instant undoneAt,

        String undoneBy,
        MoveCounts moved) {
    /** The numbers of items moved from the sources to the target. */
    @RegisterForReflection
    @Schema(name = "Moved", description = "The numbers of items moved from the sources to the target.")
    public record MoveCounts(long addresses, long calls, long orders) {}
}
