package io.clientela.http;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says which problem a failure of the platform (HTTP server, REST layer, database) is for the caller. */
final class Failures {
    private static final Map<Integer, ProblemCode> BY_STATUS = Map.of(
            400, ProblemCode.BAD_REQUEST,
            404, ProblemCode.NOT_FOUND,
            405, ProblemCode.METHOD_NOT_ALLOWED,
            406, ProblemCode.NOT_ACCEPTABLE,
            413, ProblemCode.BODY_TOO_LARGE,
            415, ProblemCode.UNSUPPORTED_MEDIA_TYPE,
            503, ProblemCode.UNAVAILABLE);

    // PostgreSQL, appendix A: connection exceptions, insufficient resources, operator intervention, and the two
    // transaction rollbacks that mean "try again".
    private static final Set<String> TEMPORARY_CLASSES = Set.of("08", "53", "57");
    private static final Set<String> TEMPORARY_STATES = Set.of("40001", "40P01");

    private Failures() {}

    static ProblemException internal() {
        return new ProblemException(
                ProblemCode.INTERNAL_ERROR, "The service failed. Quote the request_id when you report it.");
    }

    /** The problem for a status that the REST layer or the HTTP server chose. */
    static ProblemException ofStatus(int status) {
        var code = BY_STATUS.get(status);
        if (code != null) {
            return code == ProblemCode.NOT_FOUND ? ProblemException.notFound() : plain(code);
        }
        return status >= 400 && status < 500 ? plain(ProblemCode.BAD_REQUEST) : internal();
    }

    /** A failure of the database that passes by itself: the caller is told to come again, nothing was written. */
    static Optional<ProblemException> temporary(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (isTemporary(cause)) {
                return Optional.of(new ProblemException(
                                ProblemCode.UNAVAILABLE, "The database did not answer; nothing was changed. Try again.")
                        .header(HttpHeaders.RETRY_AFTER, "1"));
            }
        }
        return Optional.empty();
    }

    private static boolean isTemporary(Throwable cause) {
        if (cause instanceof PgException database) {
            var state = String.valueOf(database.getSqlState());
            return TEMPORARY_STATES.contains(state)
                    || (state.length() == 5 && TEMPORARY_CLASSES.contains(state.substring(0, 2)));
        }
        return cause instanceof IOException || cause instanceof ClosedConnectionException;
    }

    private static ProblemException plain(ProblemCode code) {
        return new ProblemException(code, code.title() + ".");
    }
}
