package io.clientela.webhook.send;

/** No webhook is sent to this URL, or to an address of its host. */
final class TargetRefusedException extends RuntimeException {
    private TargetRefusedException(String message) {
        super(message, null, false, false);
    }

    /** @param reason a sentence about the URL without subject */
    static TargetRefusedException url(String reason) {
        return new TargetRefusedException("URL refused: it " + reason);
    }

    /** @param address the address as text */
    static TargetRefusedException address(String address) {
        return new TargetRefusedException("address refused: " + address);
    }
}
