package io.clientela.activity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clientela.customer.CustomerJson;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Items as they would be after the rows of an import that is only tried: its later rows must see those with the same
 * external id. Nothing sees items without one.
 */
@Singleton
class ItemPreviews {
    private static final String FIND = "SELECT item::text FROM import_preview_item"
            + " WHERE tenant_id = $1 AND import_id = $2 AND external_id = ANY($3::text[])";

    private static final String SAVE = """
            INSERT INTO import_preview_item (tenant_id, import_id, external_id, item)
            SELECT $1, $2, row ->> 'external_id', row FROM json_array_elements(cast($3::text AS json)) AS row
            ON CONFLICT (tenant_id, import_id, external_id) DO UPDATE SET item = excluded.item""";

    private final Caller caller;
    private final ItemRows rows;

    ItemPreviews(Caller caller, ItemRows rows) {
        this.caller = caller;
        this.rows = rows;
    }

    /** Returns the items with these external ids that would have been written. */
    <E extends CustomerItem> Uni<List<E>> find(ItemType<E, ?, ?> type, UUID importId, Collection<String> externalIds) {
        if (externalIds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return TenantStatement.query(caller.tenant(), FIND, importId, externalIds.toArray(String[]::new))
                .map(found -> found.stream()
                        .map(row -> rows.item(type, CustomerJson.parse((String) row[0])))
                        .toList());
    }

    /** Stores items that have external ids, in place of writing them. */
    <E extends CustomerItem> Uni<Void> save(ItemType<E, ?, ?> type, UUID importId, Collection<E> items) {
        var array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(rows.row(type, item)));
        return array.isEmpty()
                ? Uni.createFrom().voidItem()
                : TenantStatement.update(caller.tenant(), SAVE, importId, array.toString())
                        .replaceWithVoid();
    }
}
