package io.clientela.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of a batch.
 *
 * @param data what became of each upsert, in the order in which they were given
 * @param meta how many of each outcome there are
 */
@RegisterForReflection
@Schema(description = "What became of a batch.")
public record BatchResult(List<BatchItem> data, Meta meta) {
    /** How many upserts of a batch came out how. */
    @RegisterForReflection
    @Schema(name = "BatchMeta")
    public record Meta(long created, long updated, long unchanged, long failed) {}

    static BatchResult of(List<BatchItem> items) {
        return new BatchResult(
                items,
                new Meta(
                        count(items, UpsertResult.Outcome.CREATED),
                        count(items, UpsertResult.Outcome.UPDATED),
                        count(items, UpsertResult.Outcome.UNCHANGED),
                        count(items, null)));
    }

    private static long count(List<BatchItem> items, UpsertResult.Outcome outcome) {
        return items.stream().filter(item -> item.outcome() == outcome).count();
    }
}
