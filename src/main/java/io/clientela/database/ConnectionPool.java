package io.clientela.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
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
            database.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
            database.setReadIdleTimeout(
                    Math.toIntExact(settings.silenceTimeout().toMillis()));
        }
        return PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(databases))
                .using(input.vertx())
                .build();
    }
}
