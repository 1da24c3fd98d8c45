package io.clientela.transfer.imports;

import io.clientela.activity.ItemBatches;
import io.clientela.activity.ItemKind;
import io.clientela.activity.ItemOutcome;
import io.clientela.activity.ItemOwnerInput;
import io.clientela.activity.ItemRow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows that are addresses, calls or orders: each is read and written like the body that adds or changes one. */
final class ItemRowType implements RowType {
    private static final List<String> READ_ONLY = List.of("id", "created_at", "updated_at");

    private static final Map<ItemKind, InputColumns> COLUMNS =
            Arrays.stream(ItemKind.values()).collect(Collectors.toMap(Function.identity(), ItemRowType::columns));

    private final ItemKind kind;
    private final ItemBatches items;

    private ItemRowType(ItemKind kind, ItemBatches items) {
        this.kind = kind;
        this.items = items;
    }

    private static InputColumns columns(ItemKind kind) {
        return InputColumns.of(kind.input(), InputColumns.columns(ItemOwnerInput.class), READ_ONLY);
    }

    /** The types, each a bean. */
    static final class Beans {
        @Produces
        @Singleton
        RowType addresses(ItemBatches items) {
            return new ItemRowType(ItemKind.ADDRESSES, items);
        }

        @Produces
        @Singleton
        RowType calls(ItemBatches items) {
            return new ItemRowType(ItemKind.CALLS, items);
        }

        @Produces
        @Singleton
        RowType orders(ItemBatches items) {
            return new ItemRowType(ItemKind.ORDERS, items);
        }
    }

    private record Row(ItemRow item) implements ReadRow {}

    @Override
    public String name() {
        return kind.toString();
    }

    @Override
    public InputColumns columns() {
        return COLUMNS.get(kind);
    }

    @Override
    public ReadRow read(ImportRow row, ImportOptions options) {
        return new Row(items.read(kind, row.json().orElseThrow(), options.mode() == ImportMode.UPSERT));
    }

    @Override
    public Uni<List<RowOutcome>> write(List<ReadRow> rows, ImportJob job) {
        var all = rows.stream().map(row -> ((Row) row).item()).toList();
        Optional<UUID> tried = Optional.of(job.id()).filter(id -> job.options().dryRun());
        return items.write(kind, all, tried, outcome -> RowOutcome.of(effect(outcome)), RowOutcome::failed);
    }

    private static RowOutcome.Effect effect(ItemOutcome outcome) {
        return switch (outcome) {
            case CREATED -> RowOutcome.Effect.CREATED;
            case UPDATED -> RowOutcome.Effect.UPDATED;
            case UNCHANGED -> RowOutcome.Effect.UNCHANGED;
        };
    }
}
