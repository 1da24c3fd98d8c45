package io.clientela.transfer.imports;

import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece whose rows were read and validated.
 *
 * @param number its number
 * @param rows its rows
 * @param blankBytes the length of what is between the rows
 */
record ReadPiece(int number, List<Row> rows, long blankBytes) {
    /** A row, and what it asks for or why it is refused. */
    record Row(ImportRow row, Optional<RowType.ReadRow> read, Optional<ProblemException> problem) {}

    static ReadPiece of(Piece piece, List<ImportRow> rows, RowType type, ImportJob job) {
        long bytes = rows.stream().mapToLong(row -> row.data().length).sum();
        return new ReadPiece(
                piece.number(), rows.stream().map(row -> read(row, type, job)).toList(), piece.data().length - bytes);
    }

    private static Row read(ImportRow row, RowType type, ImportJob job) {
        if (row.problem().isPresent()) {
            return new Row(row, Optional.empty(), row.problem());
        }
        try {
            return new Row(row, Optional.of(type.read(row, job.options())), Optional.empty());
        } catch (ProblemException problem) {
            return new Row(row, Optional.empty(), Optional.of(problem));
        }
    }

    /** Returns some of its rows; the last ones have what is between the rows. */
    Part part(int from, int to) {
        return new Part(rows.subList(from, to), to == rows.size() ? blankBytes : 0);
    }

    /** Rows that are written together. */
    record Part(List<Row> rows, long blankBytes) {
        /** Writes the rows that are valid, in the current transaction. */
        Uni<Done> write(RowType type, ImportJob job) {
            var valid = rows.stream().flatMap(row -> row.read().stream()).toList();
            return (valid.isEmpty() ? Uni.createFrom().item(List.<RowOutcome>of()) : type.write(valid, job))
                    .map(this::done);
        }

        private Done done(List<RowOutcome> written) {
            var next = written.iterator();
            List<RowOutcome> outcomes = new ArrayList<>(rows.size());
            rows.forEach(
                    row -> outcomes.add(row.problem().map(RowOutcome::failed).orElseGet(next::next)));
            return done(outcomes, bytes());
        }

        /** Refuses all of them. */
        Done refused(ProblemException problem) {
            return done(rows.stream().map(row -> RowOutcome.failed(problem)).toList(), bytes());
        }

        private Done done(List<RowOutcome> outcomes, long bytes) {
            return Done.of(rows.stream().map(Row::row).toList(), outcomes, bytes);
        }

        private long bytes() {
            return blankBytes
                    + rows.stream().mapToLong(row -> row.row().data().length).sum();
        }
    }
}
