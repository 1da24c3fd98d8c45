package io.clientela.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of a batch.
 *
 * @param data one item for each upsert, in the order of the request
 * @param meta the number of upserts by outcome
 */
@RegisterForReflection
@Schema
public record BatchResult(List<BatchItem> data, Meta meta) {
    /** The number of upserts by outcome. */
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
