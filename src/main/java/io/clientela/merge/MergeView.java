package io.clientela.merge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A merge as callers read it. */
@RegisterForReflection
@Schema(name = "Merge")
public record MergeView(
        UUID id,
        UUID targetId,
        List<UUID> sourceIds,
        Instant mergedAt,
        String mergedBy,
        Instant undoneAt,
        String undoneBy,
        MoveCounts moved) {
    /** The numbers of items moved from the sources to the target. */
    @RegisterForReflection
    @Schema(name = "Moved")
    public record MoveCounts(long addresses, long calls, long orders) {}
}
