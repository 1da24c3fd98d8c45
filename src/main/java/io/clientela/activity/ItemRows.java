package io.clientela.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerJson;
import io.clientela.database.TenantStatement;
import io.clientela.http.json.Timestamps;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.data.Numeric;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Reads and writes many items of a type, by one statement each (ADR 9). A row is sent as JSON, from which PostgreSQL
 * reads the columns by name. The JSON of an item has all columns but those that say whose it is.
 */
@Singleton
class ItemRows {
    private static final String FIND = "SELECT origin_id, %s FROM %s WHERE tenant_id = $1 AND external_id = ANY("
            + TenantStatement.array(2, "text") + ")";

    private static final String INSERT = "INSERT INTO %2$s (tenant_id, origin_id, %1$s) SELECT $1, origin_id, %1$s"
            + " FROM json_populate_recordset(cast(NULL AS %2$s), cast($2::text AS json))";

    private static final String UPDATE = "UPDATE %2$s AS item SET (%1$s) = ROW (written.%3$s)"
            + " FROM json_populate_recordset(cast(NULL AS %2$s), cast($2::text AS json)) AS written"
            + " WHERE item.tenant_id = $1 AND item.id = written.id AND item.id = ANY("
            + TenantStatement.array(3, "uuid") + ")";

    private final Caller caller;
    private final CustomerJson json;
    private final ObjectMapper mapper;

    ItemRows(Caller caller, CustomerJson json, ObjectMapper mapper) {
        this.caller = caller;
        this.json = json;
        this.mapper = mapper;
    }

    /** Returns the tenant's items with these external ids. */
    <E extends CustomerItem> Uni<List<E>> find(ItemType<E, ?, ?> type, Collection<String> externalIds) {
        if (externalIds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var names = ("origin_id, " + type.table().columns()).split(", ");
        var sql = FIND.formatted(type.table().columns(), type.table().name());
        return TenantStatement.query(caller.tenant(), sql, (Object) externalIds.toArray(String[]::new))
                .map(rows ->
                        rows.stream().map(row -> item(type, object(names, row))).toList());
    }

    private static ObjectNode object(String[] names, Object[] row) {
        var object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.length; i++) {
            object.set(names[i], node(row[i]));
        }
        return object;
    }

    private static JsonNode node(Object value) {
        var nodes = JsonNodeFactory.instance;
        if (value == null) {
            return nodes.nullNode();
        }
        if (value instanceof Boolean flag) {
            return nodes.booleanNode(flag);
        }
        if (value instanceof Numeric number) {
            return DecimalNode.valueOf(number.bigDecimalValue());
        }
        if (value instanceof Integer number) {
            return nodes.numberNode(number);
        }
        return value instanceof OffsetDateTime timestamp
                ? nodes.textNode(timestamp.toInstant().toString())
                : nodes.textNode(value.toString());
    }

    /** Returns the item of a row, which {@link #row} returned or the table has. */
    <E extends CustomerItem, I> E item(ItemType<E, I, ?> type, ObjectNode row) {
        var item = type.newEntity();
        item.tenantId = caller.tenant();
        item.id = UUID.fromString(row.get("id").textValue());
        item.customerId = UUID.fromString(row.get("customer_id").textValue());
        item.originId = UUID.fromString(row.get("origin_id").textValue());
        item.createdAt = timestamp(row, "created_at");
        item.updatedAt = timestamp(row, "updated_at");
        type.write(item, mapper.convertValue(row.deepCopy().retain(type.fields()), type.input()));
        return item;
    }

    private static Instant timestamp(ObjectNode row, String column) {
        return Timestamps.parse(row.get(column).textValue()).orElseThrow();
    }

    /** Returns the row of an item. */
    <E extends CustomerItem> ObjectNode row(ItemType<E, ?, ?> type, E item) {
        return json.tree(type.view(item))
                .put("customer_id", item.customerId.toString())
                .put("origin_id", item.originId.toString());
    }

    /** Inserts new items. */
    <E extends CustomerItem> Uni<Void> insert(ItemType<E, ?, ?> type, Collection<E> items) {
        var sql = INSERT.formatted(type.table().columns(), type.table().name());
        return items.isEmpty() ? Uni.createFrom().voidItem() : write(sql, items.size(), rows(type, items));
    }

    /** Updates changed items. */
    <E extends CustomerItem> Uni<Void> update(ItemType<E, ?, ?> type, Collection<E> items) {
        if (items.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var columns = type.table().columns();
        var sql = UPDATE.formatted(columns, type.table().name(), columns.replace(", ", ", written."));
        return write(
                sql,
                items.size(),
                rows(type, items),
                items.stream().map(item -> item.id).toArray(UUID[]::new));
    }

    private <E extends CustomerItem> String rows(ItemType<E, ?, ?> type, Collection<E> items) {
        var rows = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> rows.add(row(type, item)));
        return rows.toString();
    }

    private Uni<Void> write(String sql, int rows, Object... values) {
        return TenantStatement.update(caller.tenant(), sql, values)
                .invoke(written -> {
                    if (written != rows) {
                        throw new IllegalStateException(written + " of " + rows + " rows were written");
                    }
                })
                .replaceWithVoid();
    }
}
