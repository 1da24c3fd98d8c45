package io.clientela.insight;

import io.clientela.customer.Segments;
import io.clientela.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Computes overviews from the database, by three statements. */
@Singleton
class OverviewReader {
    private final Database database;
    private final Segments segments;
    private final WaitingDuplicates duplicates;
    private final InsightSettings settings;

    OverviewReader(Database database, Segments segments, WaitingDuplicates duplicates, InsightSettings settings) {
        this.database = database;
        this.segments = segments;
        this.duplicates = duplicates;
        this.settings = settings;
    }

    /**
     * Computes the overview of a tenant as of now.
     *
     * @param location the location to which it is restricted, or empty for all
     */
    Uni<OverviewView> read(String tenant, Optional<String> location) {
        var asOf = Instant.now();
        var statements = new OverviewStatements(tenant, location);
        var counts = statements.counts(segments.asOf(asOf), new SignupMonths(asOf, settings.timeZone()));
        return database.query(tenant, counts).map(OverviewReader::counts).chain(counted -> database.query(
                        tenant, statements.top())
                .map(OverviewReader::top)
                .chain(top -> duplicates.count(tenant, location).map(waiting -> counted.overview(top, waiting, asOf))));
    }

    private static OverviewCounts counts(RowSet<Row> rows) {
        return new OverviewCounts(stream(rows)
                .map(row -> new OverviewCounts.Count(
                        row.getString("kind"),
                        row.getString("value"),
                        row.getLong("customers"),
                        Optional.ofNullable(row.getLong("of_all")).orElse(0L)))
                .toList());
    }

    private static List<OverviewView.TopCustomer> top(RowSet<Row> rows) {
        return stream(rows)
                .map(row -> new OverviewView.TopCustomer(
                        row.getUUID("id"),
                        row.getString("name"),
                        row.getBigDecimal("total_spent"),
                        row.getInteger("total_orders")))
                .toList();
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
