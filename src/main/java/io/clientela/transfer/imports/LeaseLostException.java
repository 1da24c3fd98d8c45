package io.clientela.transfer.imports;

/** An import is no longer this instance's: it was cancelled, or another instance has leased it. */
final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException() {
        super("The import was cancelled, or another instance works on it", null, false, false);
    }
}
