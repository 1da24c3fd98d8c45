package io.clientela.transfer.imports;

import io.clientela.http.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a file into pieces of whole rows while it arrives. It holds one piece in memory, and one row. */
final class RowSplitter {
    /** A piece is written in one transaction, which locks its identifiers: as many rows as one of a batch. */
    static final int MAX_ROWS = 200;

    private static final int TARGET_BYTES = 512 << 10;

    /** That of any other body: a row is what such a body would have. */
    static final int MAX_ROW_BYTES = 1 << 20;

    private final RowEnds ends;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final ByteArrayOutputStream row = new ByteArrayOutputStream();

    private int number;
    private int rows;
    private long firstLine;
    private long rowLine;
    /** Where the row begins in the bytes that are being taken. */
    private int start;

    RowSplitter(RowEnds ends) {
        this.ends = ends;
        this.firstLine = ends.line();
        this.rowLine = firstLine;
    }

    /**
     * Takes the next bytes, and returns the pieces that they complete.
     *
     * @throws ProblemException 422 if a row is longer than {@link #MAX_ROW_BYTES}
     */
    List<Piece> add(byte[] bytes, int from) {
        List<Piece> complete = new ArrayList<>();
        start = from;
        ends.take(bytes, from, end -> {
            row.write(bytes, start, end - start);
            start = end;
            endRow(complete);
        });
        row.write(bytes, start, bytes.length - start);
        requireBounded();
        return complete;
    }

    /** Returns the last piece, if there is one. */
    Optional<Piece> end() {
        List<Piece> complete = new ArrayList<>();
        if (row.size() > 0) {
            endRow(complete);
        }
        if (complete.isEmpty() && rows > 0) {
            complete.add(take());
        }
        return complete.stream().findFirst();
    }

    private void endRow(List<Piece> complete) {
        requireBounded();
        var bytes = row.toByteArray();
        piece.writeBytes(bytes);
        row.reset();
        if (RowEnds.lengthWithoutEnd(bytes) > 0) {
            rows++;
        }
        rowLine = ends.line();
        if (rows >= MAX_ROWS || piece.size() >= TARGET_BYTES) {
            complete.add(take());
        }
    }

    private Piece take() {
        var taken = new Piece(number++, firstLine, rows, piece.toByteArray());
        piece.reset();
        rows = 0;
        firstLine = ends.line();
        return taken;
    }

    private void requireBounded() {
        if (row.size() > MAX_ROW_BYTES) {
            throw ProblemException.invalid(
                    "line " + rowLine,
                    "invalid_length",
                    "begins a row of more than 1 MiB; probably a quote is not closed");
        }
    }
}
