package io.clientela.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.support.ImpatientProfile;
import io.clientela.support.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the pool does by internals of the client, so that an upgrade which changes them fails here. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(ImpatientProfile.class)
class ConnectionPoolTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    @Test
    void silentConnectionIsClosedAfterReadTimeout() {
        var start = Instant.now();

        assertThatThrownBy(
                        () -> pool.query("SELECT pg_sleep(8)").execute().await().atMost(LONG))
                .isNotNull();

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void onlyStatementsWithFixedPlanArePreparedOnce() {
        var fixed = new Select(false).add("SELECT 'fixed', ?::int", 1);
        var skewed = new Select(true).add("SELECT 'skewed', ?::int", 1);

        List<String> prepared = pool.withConnection(connection -> connection
                        .preparedQuery(fixed.sql())
                        .execute(fixed.values())
                        .chain(() -> connection.preparedQuery(skewed.sql()).execute(skewed.values()))
                        .chain(() -> connection
                                .preparedQuery("SELECT statement FROM pg_prepared_statements WHERE name <> $1")
                                .execute(Tuple.of("none"))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .toList())
                .await()
                .atMost(LONG);

        assertThat(prepared).contains(fixed.sql()).doesNotContain(skewed.sql());
    }
}
