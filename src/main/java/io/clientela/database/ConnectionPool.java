package io.clientela.database;

import io.netty.handler.timeout.ReadTimeoutHandler;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Creates the connection pool of all requests, with options for which Quarkus has no setting: timeouts, and which
 * statements keep their plan.
 */
@Singleton
public class ConnectionPool implements PgPoolCreator {
    private final DatabaseSettings settings;

    ConnectionPool(DatabaseSettings settings) {
        this.settings = settings;
    }

    @Override
    public Pool create(Input input) {
        var options = input.poolOptions()
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setConnectionTimeout(Math.toIntExact(settings.acquireTimeout().toMillis()));
        var databases = input.pgConnectOptionsList();
        for (var database : databases) {
            database.setPreparedStatementCacheSqlFilter(sql -> !Select.isPlannedEachTime(sql));
        }
        return PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(databases))
                .using(input.vertx())
                .withConnectHandler(this::closeOnReadTimeout)
                .build();
    }

    /**
     * Closes a connection on which nothing was received for the read timeout. The client's own read-idle timeout sends
     * a termination message and waits for the response, which never arrives on a lost connection; this handler precedes
     * the client's and closes the socket directly.
     */
    private void closeOnReadTimeout(SqlConnection connection) {
        var socket = (SocketConnectionBase)
                ((SqlConnectionInternal) connection).unwrap().unwrap();
        socket.socket()
                .channelHandlerContext()
                .pipeline()
                .addFirst(new ReadTimeoutHandler(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS));
        connection.close();
    }
}
