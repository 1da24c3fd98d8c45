package io.clientela.http.problem;

import io.clientela.http.openapi.ApiContract;
import io.netty.handler.timeout.ReadTimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Maps failures of the HTTP server, the REST layer and the database to problems. */
public final class Failures {
    private static final Map<Integer, ProblemCode> BY_STATUS = Stream.of(
                    ProblemCode.BAD_REQUEST,
                    ProblemCode.NOT_FOUND,
                    ProblemCode.METHOD_NOT_ALLOWED,
                    ProblemCode.NOT_ACCEPTABLE,
                    ProblemCode.BODY_TOO_SLOW,
                    ProblemCode.BODY_TOO_LARGE,
                    ProblemCode.URI_TOO_LONG,
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    ProblemCode.HEADERS_TOO_LARGE,
                    ProblemCode.UNAVAILABLE)
            .collect(Collectors.toUnmodifiableMap(ProblemCode::status, Function.identity()));

    // PostgreSQL, appendix A: connection exceptions, refused login, unknown database, insufficient resources, operator
    // intervention (which includes statement_timeout); read-only transaction (a standby), serialization failure,
    // deadlock and lock_timeout.
    private static final Set<String> TEMPORARY_CLASSES = Set.of("08", "28", "3D", "53", "57");
    private static final Set<String> TEMPORARY_STATES = Set.of("25006", "40001", "40P01", "55P03");

    /** Of all network exceptions, since the service has no other connections whose failures reach a request. */
    private static final List<Class<? extends Throwable>> CONNECTION_FAILURES = List.of(
            SocketException.class,
            UnknownHostException.class,
            ClosedChannelException.class,
            SSLException.class,
            ReadTimeoutException.class,
            ClosedConnectionException.class);

    private static final String SSL_HANDSHAKE_FAILED = "SSL handshake failed";

    /** The beginnings of messages of failures of the client and of sockets that have no type of their own. */
    private static final List<String> UNTYPED_CONNECTION_FAILURES = List.of(
            "Timeout",
            "Connection is not active",
            "Connection was closed",
            SSL_HANDSHAKE_FAILED,
            "Broken pipe",
            "Connection reset");

    // Every write checks foreign and unique keys first; the constraints are violated only by concurrent writes.
    private static final Set<String> RACES = Set.of("23503", "23505");

    private Failures() {}

    /** Returns the problem for a failure: temporary (503) if it is known to be, otherwise internal (500). */
    public static ProblemException of(Throwable failure) {
        return failure instanceof ProblemException problem
                ? problem
                : temporary(failure).orElseGet(Failures::internal);
    }

    static ProblemException internal() {
        return new ProblemException(
                ProblemCode.INTERNAL_ERROR, "The service failed. Quote the request_id when you report it.");
    }

    /** Returns the problem for a status that the REST layer or the HTTP server chose. */
    public static ProblemException forStatus(int status) {
        var code = BY_STATUS.get(status);
        if (code != null) {
            return code == ProblemCode.NOT_FOUND ? ProblemException.notFound() : plain(code);
        }
        return status >= 400 && status < 500 ? plain(ProblemCode.BAD_REQUEST) : internal();
    }

    /**
     * Returns the problem for a request that matches no resource: 405 with the {@code Allow} header (RFC 9110, section
     * 15.5.6) if the path has other methods, otherwise 404.
     */
    static ProblemException unrouted(HttpServerRequest request, ApiContract contract) {
        var allowed = contract.methods(request.path());
        return allowed.isEmpty() || allowed.contains(request.method().name())
                ? ProblemException.notFound()
                : forStatus(ProblemCode.METHOD_NOT_ALLOWED.status())
                        .header(HttpHeaders.ALLOW, String.join(", ", allowed));
    }

    /** Returns the problem for a temporary failure, which the caller can retry; empty for any other failure. */
    static Optional<ProblemException> temporary(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (RACES.contains(String.valueOf(sqlState(cause)))) {
                return Optional.of(ProblemException.retryLater(
                        ProblemCode.UNAVAILABLE,
                        "A concurrent request changed the same data. Nothing was changed by this one; retry it."));
            }
            if (isTemporary(cause)) {
                return Optional.of(ProblemException.retryLater(
                        ProblemCode.UNAVAILABLE,
                        "The database did not respond. A write may have been applied: retry it with its Idempotency-Key,"
                                + " or read the data first."));
            }
        }
        return Optional.empty();
    }

    /** Returns whether a constraint of the database was violated: by a race, or by a defect of ours. */
    public static boolean isConstraintViolation(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (RACES.contains(String.valueOf(sqlState(cause)))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the problem of a request that exceeds its tenant's share of the service. */
    public static ProblemException tooManyRequests() {
        return ProblemException.retryLater(
                ProblemCode.TOO_MANY_REQUESTS,
                "This tenant has too many requests at the same time; nothing was changed. Retry later.");
    }

    /** Returns the problem of a request that the service is too busy for. */
    public static ProblemException overloaded() {
        return ProblemException.retryLater(
                ProblemCode.OVERLOADED, "The service is overloaded; nothing was changed. Retry later.");
    }

    /**
     * Returns what the log says of a failure that needs no stack trace: its root cause and, if an operator must act,
     * how.
     */
    public static String reason(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && !(root instanceof SSLException)) {
            root = root.getCause();
        }
        return root instanceof SSLException || String.valueOf(root.getMessage()).startsWith(SSL_HANDSHAKE_FAILED)
                ? root + ". If the database's certificate is not trusted, give its authority's in"
                        + " QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS"
                : root.toString();
    }

    private static boolean isTemporary(Throwable cause) {
        var state = String.valueOf(sqlState(cause));
        return TEMPORARY_STATES.contains(state)
                || (state.length() == 5 && TEMPORARY_CLASSES.contains(state.substring(0, 2)))
                || CONNECTION_FAILURES.stream().anyMatch(type -> type.isInstance(cause))
                || isUntyped(cause);
    }

    private static boolean isUntyped(Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        return (cause instanceof VertxException
                        || cause instanceof NoStackTraceThrowable
                        || cause.getClass() == IOException.class)
                && UNTYPED_CONNECTION_FAILURES.stream().anyMatch(message::startsWith);
    }

    /** Hibernate converts failures of the PostgreSQL client to JDBC exceptions. */
    private static String sqlState(Throwable cause) {
        if (cause instanceof PgException client) {
            return client.getSqlState();
        }
        return cause instanceof SQLException translated ? translated.getSQLState() : null;
    }

    private static ProblemException plain(ProblemCode code) {
        return new ProblemException(code, code.title() + ".");
    }
}
