package io.clientela.transfer;

/** The number of rows of the next batch: fewer where they are long, so that a piece has the same length everywhere. */
final class BatchSize {
    /** What a client reads in a moment also over a slow network. */
    private static final int TARGET_BYTES = 64 << 10;

    private static final int FIRST = 8;

    /** Of the longest rows, of some 70 KiB, this many can be in memory. */
    private static final int MAX = 256;

    private int rows = FIRST;

    int rows() {
        return rows;
    }

    void adapt(int readRows, int writtenBytes) {
        long wanted = (long) readRows * TARGET_BYTES / Math.max(1, writtenBytes);
        rows = (int) Math.max(1, Math.min(wanted, Math.min(2 * rows, MAX)));
    }
}
