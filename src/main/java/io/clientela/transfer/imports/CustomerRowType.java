package io.clientela.transfer.imports;

import io.clientela.customer.CustomerColumns;
import io.clientela.customer.CustomerFields;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.Upsert;
import io.clientela.identity.UpsertReader;
import io.clientela.identity.UpsertResult;
import io.clientela.identity.UpsertService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BiFunction;

/** Rows that are customers: each is read and written like the body of a create or an upsert. */
@Singleton
class CustomerRowType implements RowType {
    private static final List<InputColumn> UPSERT_OPTIONS = List.of(
            new InputColumn("added_tags", List.of("added_tags"), CellKind.LIST),
            new InputColumn("match_on", List.of("match_on"), CellKind.LIST),
            new InputColumn("do_not_update", List.of("do_not_update"), CellKind.FLAG));

    private static final InputColumns COLUMNS =
            InputColumns.of(CustomerFields.class, UPSERT_OPTIONS, CustomerColumns.readOnlyNames());

    private final UpsertReader reader;
    private final UpsertService upserts;

    CustomerRowType(UpsertReader reader, UpsertService upserts) {
        this.reader = reader;
        this.upserts = upserts;
    }

    private record CustomerRow(Upsert upsert) implements ReadRow {}

    @Override
    public String name() {
        return "customers";
    }

    @Override
    public InputColumns columns() {
        return COLUMNS;
    }

    @Override
    public ReadRow read(ImportRow row, ImportOptions options) {
        var json = row.json().orElseThrow();
        return new CustomerRow(
                options.mode() == ImportMode.CREATE ? reader.readNew(json, options.unique()) : reader.read(json));
    }

    @Override
    public Uni<List<RowOutcome>> write(List<ReadRow> rows, ImportJob job) {
        var all = rows.stream().map(row -> ((CustomerRow) row).upsert()).toList();
        BiFunction<Integer, UpsertResult, RowOutcome> onSuccess = (index, result) -> RowOutcome.of(effect(result));
        BiFunction<Integer, ProblemException, RowOutcome> onFailure = (index, problem) -> RowOutcome.failed(problem);
        return job.options().dryRun()
                ? upserts.previewAll(job.id(), all, onSuccess, onFailure)
                : upserts.upsertAll(all, onSuccess, onFailure);
    }

    private static RowOutcome.Effect effect(UpsertResult result) {
        return switch (result.outcome()) {
            case CREATED -> RowOutcome.Effect.CREATED;
            case UPDATED -> RowOutcome.Effect.UPDATED;
            case UNCHANGED -> RowOutcome.Effect.UNCHANGED;
        };
    }
}
