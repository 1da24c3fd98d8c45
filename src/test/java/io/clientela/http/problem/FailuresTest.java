package io.clientela.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    static List<Throwable> failuresOfDatabase() {
        return List.of(
                new ConnectException("Connection refused"),
                new UnknownHostException("db"),
                new ClosedChannelException(),
                new IOException("Broken pipe"),
                new SSLHandshakeException("PKIX path building failed"),
                ReadTimeoutException.INSTANCE,
                ClosedConnectionException.INSTANCE,
                Future.failedFuture("Timeout").cause(),
                Future.failedFuture("Connection is not active now, current status: CLOSED")
                        .cause(),
                pg("57014"),
                pg("28P01"),
                pg("25006"),
                pg("23505"),
                new CompletionException(new SQLException("deadlock", "40P01")));
    }

    static List<Throwable> ownFailures() {
        return List.of(
                new JsonParseException(null, "Unexpected character"),
                new UncheckedIOException(new IOException("Stream is closed")),
                new NoSuchFileException("keys.pem"),
                Future.failedFuture("Some other failure").cause(),
                pg("42601"),
                pg("22001"),
                new IllegalStateException("Timeout"));
    }

    private static PgException pg(String state) {
        return new PgException("failed", "ERROR", state, "");
    }

    @ParameterizedTest
    @MethodSource
    void failuresOfDatabase(Throwable failure) {
        var problem = Failures.of(new IllegalStateException(failure));

        assertThat(problem.code()).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(problem.headers()).containsEntry("Retry-After", "1");
    }

    @ParameterizedTest
    @MethodSource
    void ownFailures(Throwable failure) {
        assertThat(Failures.of(failure).code()).isEqualTo(ProblemCode.INTERNAL_ERROR);
    }
}
