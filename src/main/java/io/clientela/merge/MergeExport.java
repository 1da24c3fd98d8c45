package io.clientela.merge;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The exported merges that a customer, or one who was merged into them, took part in. Of a merge that was undone, what
 * was moved and changed is left out: the participants are several persons again.
 */
@Singleton
class MergeExport implements ExportPart {
    private static final String OF_CUSTOMERS = """
            SELECT id, target_id, source_ids, merged_at, merged_by, undone_at, undone_by, moved_addresses, moved_calls,
                moved_orders, changes, added_clusters
            FROM merge WHERE tenant_id = ? AND (target_id = ANY(?) OR source_ids && cast(? AS varchar[]))
            ORDER BY merged_at, id""";

    /**
     * A merge.
     *
     * @param addedClusters the clusters that the target joined; null if the merge was undone
     * @param changes the fields of the target that changed; null if the merge was undone
     */
    @RegisterForReflection
    record ExportedMerge(
            @JsonUnwrapped MergeView merge,
            List<String> addedClusters,
            @JsonRawValue String changes) {}

    @Override
    public String name() {
        return "merges";
    }

    @Override
    public String explanation() {
        return "The merges of customers (`source_ids`) into another one (`target_id`) that were found to be this person:"
                + " when and by whom, and when and by whom undone. `changes` are the fields that the target took from the"
                + " sources, before and after. Of a merge that was undone, the customers are other persons: nothing but"
                + " their ids is given.";
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false).add(OF_CUSTOMERS, subject.tenant(), subject.idArray(), subject.idTexts());
    }

    @Override
    public Optional<ExportedMerge> value(Row row) {
        boolean undone = row.getOffsetDateTime("undone_at") != null;
        return Optional.of(new ExportedMerge(
                view(row, undone),
                undone ? null : List.of(row.getDelegate().getArrayOfStrings("added_clusters")),
                undone ? null : row.getString("changes")));
    }

    private static MergeView view(Row row, boolean undone) {
        return new MergeView(
                row.getUUID("id"),
                row.getUUID("target_id"),
                Stream.of(row.getDelegate().getArrayOfStrings("source_ids"))
                        .map(UUID::fromString)
                        .toList(),
                time(row, "merged_at"),
                row.getString("merged_by"),
                time(row, "undone_at"),
                row.getString("undone_by"),
                undone
                        ? null
                        : new MergeView.MoveCounts(
                                row.getLong("moved_addresses"),
                                row.getLong("moved_calls"),
                                row.getLong("moved_orders")));
    }

    private static Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
