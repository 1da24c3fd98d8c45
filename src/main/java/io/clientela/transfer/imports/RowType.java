package io.clientela.transfer.imports;

import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What the rows of a file can be: the columns they have, and how they are written. */
interface RowType {
    /** Returns the value of {@code type}. */
    String name();

    InputColumns columns();

    /**
     * Validates a row; not on an event loop, since it takes its time.
     *
     * @throws ProblemException 422 with every violated field
     */
    ReadRow read(ImportRow row, ImportOptions options);

    /**
     * Writes rows in their order, in the current transaction. Each succeeds or fails on its own; one that fails leaves
     * nothing behind.
     *
     * @return an outcome for each row
     */
    Uni<List<RowOutcome>> write(List<ReadRow> rows, ImportJob job);

    /** A row that was read and validated, in the type's own form. */
    interface ReadRow {}
}
