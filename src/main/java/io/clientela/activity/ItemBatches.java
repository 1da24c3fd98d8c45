package io.clientela.activity;

import io.clientela.customer.CustomerRecords;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Adds and changes addresses, calls or orders of many customers, like single writes, but by a fixed number of
 * statements. An item is found by its external id, and a customer by an id or by identifiers, also by those of
 * customers that were merged into it (ADR 8).
 */
@ApplicationScoped
public class ItemBatches {
    private final Database database;
    private final Caller caller;
    private final CustomerRecords records;
    private final ItemReader reader;
    private final ItemLoader loader;
    private final ItemRows items;
    private final ItemPreviews previews;
    private final Map<ItemKind, ItemType<?, ?, ?>> types;

    ItemBatches(
            Database database,
            Caller caller,
            CustomerRecords records,
            ItemReader reader,
            ItemLoader loader,
            ItemRows items,
            ItemPreviews previews,
            AddressType addresses,
            CallType calls,
            OrderType orders) {
        this.database = database;
        this.caller = caller;
        this.records = records;
        this.reader = reader;
        this.loader = loader;
        this.items = items;
        this.previews = previews;
        this.types = Map.of(ItemKind.ADDRESSES, addresses, ItemKind.CALLS, calls, ItemKind.ORDERS, orders);
    }

    /**
     * Reads an item and whose it is, without the database.
     *
     * @param row the fields of the item, and those of {@link ItemOwnerInput}
     * @param updating whether an item that has its external id is changed by the fields that the row has; otherwise
     *     that item stays as it is
     * @throws ProblemException 422 with every violated field
     */
    public ItemRow read(ItemKind kind, JsonTree row, boolean updating) {
        return reader.read(types.get(kind), row, updating);
    }

    /**
     * Writes items in sequence in one transaction. Each sees the changes of those before it. All are decided in memory
     * before anything is written: a refused row leaves nothing behind.
     *
     * @param triedImport the import that is only tried: what would be written is stored for the next call with the same
     *     id, which sees it
     * @param onSuccess maps the outcome of a row
     * @param onFailure maps the problem of a row
     * @return the mapped outcomes and problems, in the order of the rows
     */
    public <R> Uni<List<R>> write(
            ItemKind kind,
            List<ItemRow> rows,
            Optional<UUID> triedImport,
            Function<ItemOutcome, R> onSuccess,
            Function<ProblemException, R> onFailure) {
        return database.transaction(() -> write(types.get(kind), rows, triedImport, onSuccess, onFailure));
    }

    private <E extends CustomerItem, I, R> Uni<List<R>> write(
            ItemType<E, I, ?> type,
            List<ItemRow> rows,
            Optional<UUID> triedImport,
            Function<ItemOutcome, R> onSuccess,
            Function<ProblemException, R> onFailure) {
        return loader.load(type, rows, triedImport).chain(loaded -> {
            var decisions = new ItemDecisions<>(caller.tenant(), type, reader, records, loaded);
            List<R> results = new ArrayList<>(rows.size());
            for (var row : rows) {
                results.add(decide(decisions, row, onSuccess, onFailure));
            }
            return triedImport
                    .map(importId -> previews.save(type, importId, decisions.changed()))
                    .orElseGet(() -> save(type, decisions, loaded))
                    .replaceWith(results);
        });
    }

    private static <R> R decide(
            ItemDecisions<?, ?> decisions,
            ItemRow row,
            Function<ItemOutcome, R> onSuccess,
            Function<ProblemException, R> onFailure) {
        ItemOutcome outcome;
        try {
            outcome = decisions.decide(row);
        } catch (ProblemException problem) {
            return onFailure.apply(problem);
        }
        return onSuccess.apply(outcome);
    }

    private <E extends CustomerItem, I> Uni<Void> save(
            ItemType<E, I, ?> type, ItemDecisions<E, I> decisions, LoadedItems<E, I> loaded) {
        return TenantStatement.pipelined(List.of(
                loaded.defaults().save(),
                items.insert(type, decisions.added()),
                items.update(type, decisions.updated()),
                records.saveAll(loaded.owners().all())));
    }
}
