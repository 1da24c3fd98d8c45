package io.clientela.http;

/**
 * The number of rows of the next piece of a {@link StreamedBody}: fewer where they are long, so that a piece has the
 * same length everywhere.
 */
public final class BatchSize {
    /** What a client reads in a moment also over a slow network. */
    private static final int TARGET_BYTES = 64 << 10;

    private static final int FIRST = 8;

    private final int max;
    private int rows = FIRST;

    /**
     * Creates the size of a first batch.
     *
     * @param max the maximum number of rows: so many of the longest ones can be in memory
     */
    public BatchSize(int max) {
        this.max = max;
    }

    /** Returns how many rows to read next. */
    public int rows() {
        return rows;
    }

    /**
     * Adapts the size to a batch, at most to twice as many rows.
     *
     * @param readRows its rows
     * @param writtenBytes the length of the piece that was made of them
     */
    public void adapt(int readRows, int writtenBytes) {
        long wanted = (long) readRows * TARGET_BYTES / Math.max(1, writtenBytes);
        rows = (int) Math.max(1, Math.min(wanted, Math.min(2 * rows, max)));
    }
}
