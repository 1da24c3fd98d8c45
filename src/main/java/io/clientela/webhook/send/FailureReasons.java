package io.clientela.webhook.send;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says in a few words why no answer came. No text of the receiver is in them. */
final class FailureReasons {
    private FailureReasons() {}

    static String of(Throwable failure) {
        if (failure instanceof TargetRefusedException) {
            return failure.getMessage();
        }
        if (failure instanceof TimeoutException) {
            return "timeout";
        }
        if (failure instanceof UnknownHostException) {
            return "host not found";
        }
        if (has(failure, CertificateException.class)) {
            return "certificate not valid for the host";
        }
        if (has(failure, SSLException.class)) {
            return "TLS failed";
        }
        if (failure instanceof HttpClosedException) {
            return "connection closed";
        }
        if (has(failure, IOException.class)) {
            return "connection failed";
        }
        return "no valid answer";
    }

    private static boolean has(Throwable failure, Class<?> type) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, it -> it.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .anyMatch(type::isInstance);
    }
}
