package io.clientela.http.problem;

import io.clientela.http.openapi.ApiContract;
import io.netty.handler.timeout.ReadTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says which problem a failure of the platform (HTTP server, REST layer, database) is for the caller. */
public final class Failures {
    private static final Map<Integer, ProblemCode> BY_STATUS = Map.of(
            400, ProblemCode.BAD_REQUEST,
            404, ProblemCode.NOT_FOUND,
            405, ProblemCode.METHOD_NOT_ALLOWED,
            406, ProblemCode.NOT_ACCEPTABLE,
            408, ProblemCode.BODY_TOO_SLOW,
            413, ProblemCode.BODY_TOO_LARGE,
            415, ProblemCode.UNSUPPORTED_MEDIA_TYPE,
            503, ProblemCode.UNAVAILABLE);

    // PostgreSQL, appendix A: connection exceptions, insufficient resources, operator intervention (statement_timeout
    // is one), the two transaction rollbacks that mean "try again", and lock_timeout.
    private static final Set<String> TEMPORARY_CLASSES = Set.of("08", "53", "57");
    private static final Set<String> TEMPORARY_STATES = Set.of("40001", "40P01", "55P03");

    // Foreign and unique keys are the last guard behind checks that every write makes: only a race gets this far.
    private static final Set<String> RACES = Set.of("23503", "23505");

    private Failures() {}

    /** The problem that a failure is for the caller: one that passes by itself, or ours. */
    public static ProblemException of(Throwable failure) {
        return failure instanceof ProblemException problem
                ? problem
                : temporary(failure).orElseGet(Failures::internal);
    }

    static ProblemException internal() {
        return new ProblemException(
                ProblemCode.INTERNAL_ERROR, "The service failed. Quote the request_id when you report it.");
    }

    /** The problem for a status that the REST layer or the HTTP server chose. */
    public static ProblemException forStatus(int status) {
        var code = BY_STATUS.get(status);
        if (code != null) {
            return code == ProblemCode.NOT_FOUND ? ProblemException.notFound() : plain(code);
        }
        return status >= 400 && status < 500 ? plain(ProblemCode.BAD_REQUEST) : internal();
    }

    /**
     * The problem of a request that found no resource: the method, if its path knows others, which the {@code Allow}
     * header then names (RFC 9110, section 15.5.6), else the path.
     */
    static ProblemException unrouted(HttpServerRequest request, ApiContract contract) {
        var known = contract.methods(request.path());
        return known.isEmpty() || known.contains(request.method().name())
                ? ProblemException.notFound()
                : forStatus(ProblemCode.METHOD_NOT_ALLOWED.status())
                        .header(HttpHeaders.ALLOW, String.join(", ", known));
    }

    /** A failure that passes by itself: the caller is told to come again. */
    static Optional<ProblemException> temporary(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (isOverload(cause)) {
                return Optional.of(unavailable(
                        ProblemCode.OVERLOADED, "There is more to do than can be done; nothing was changed."));
            }
            if (RACES.contains(String.valueOf(sqlState(cause)))) {
                return Optional.of(unavailable(
                        ProblemCode.UNAVAILABLE,
                        "Somebody else changed what this is about at the same moment; nothing was changed here."));
            }
            if (isTemporary(cause)) {
                return Optional.of(unavailable(
                        ProblemCode.UNAVAILABLE,
                        "The database did not answer. A write that it was cut off from may have happened: repeat it"
                                + " with its Idempotency-Key, or look first."));
            }
        }
        return Optional.empty();
    }

    private static ProblemException unavailable(ProblemCode code, String detail) {
        return new ProblemException(code, detail).header(HttpHeaders.RETRY_AFTER, "1");
    }

    /** The queue for a connection of the pool is full, or waiting in it took too long. */
    private static boolean isOverload(Throwable cause) {
        return cause instanceof ConnectionPoolTooBusyException || isUntyped(cause, "Timeout");
    }

    /** Some failures of the client have no type of their own. */
    private static boolean isUntyped(Throwable cause, String message) {
        return cause.getClass().getName().startsWith("io.vertx.core.")
                && String.valueOf(cause.getMessage()).startsWith(message);
    }

    private static boolean isTemporary(Throwable cause) {
        var state = String.valueOf(sqlState(cause));
        return TEMPORARY_STATES.contains(state)
                || (state.length() == 5 && TEMPORARY_CLASSES.contains(state.substring(0, 2)))
                || cause instanceof IOException
                || cause instanceof ClosedConnectionException
                || cause instanceof ReadTimeoutException
                || isUntyped(cause, "Connection is not active");
    }

    /** Hibernate puts a failure of the client into the terms of JDBC. */
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
