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
 * Makes the pool of connections that serves all requests, with what the platform has no setting for: bounds for
 * waiting, and which statements keep their plan.
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
                .setMaxWaitQueueSize(settings.maxWaiting())
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
     * The client's own read-idle timeout says goodbye to the database and waits for its answer, which a connection that
     * is lost never gets. So the handler stands in front of the client's, and closes the socket itself.
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
