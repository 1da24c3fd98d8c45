package io.clientela.identity;

import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL statements of {@link DuplicateGroupReader}. */
@ApplicationScoped
class GroupStatements {
    /** Bounds what a request holds in memory: some 20 MB. */
    static final int MAX_LINKS = 100_000;

    /** In arrays, which take much less memory than rows. */
    private static final String IN_ARRAYS =
            "SELECT array_agg(a), array_agg(b), array_agg((score * 1000000)::integer) FROM (";

    private static final String REASONS = """
            SELECT a, b, reasons FROM duplicate_pair
            WHERE tenant_id = $1 AND (a, b) IN (SELECT * FROM unnest($2::uuid[], $3::uuid[]))""";

    /** Filled fields, then orders and calls, then age. */
    private static final String MOST_COMPLETE_FIRST = """
            SELECT id FROM customer WHERE tenant_id = $1 AND id = ANY($2)
            ORDER BY num_nonnulls(external_id, first_name, last_name, company_name, email, phone, document, document_type,
                    state_registration, source, avatar, birthday, address, location_id, cluster_id, value, auto_payment,
                    notes, social_id, utm_source, utm_campaign)
                + (tags <> '{}')::integer + (attributes <> '{}')::integer DESC,
                total_orders + call_count DESC, created_at, id""";

    private final Caller caller;
    private final Database database;

    GroupStatements(Caller caller, Database database) {
        this.caller = caller;
        this.database = database;
    }

    /** Returns the pairs from a score on that are not dismissed, at most {@link #MAX_LINKS} of the strongest. */
    Uni<List<DuplicateLink>> links(BigDecimal minScore) {
        var select = new Select(true).add(IN_ARRAYS);
        statements().addPairs(select, "p.a, p.b, p.score", minScore, Optional.empty());
        select.add(" ORDER BY p.score DESC, p.a, p.b LIMIT ?) AS strongest", (long) MAX_LINKS);
        return database.query(select).map(GroupStatements::links);
    }

    private static List<DuplicateLink> links(RowSet<Row> rows) {
        var row = rows.iterator().next().getDelegate();
        var a = row.getArrayOfUUIDs(0);
        var b = row.getArrayOfUUIDs(1);
        var scores = row.getArrayOfIntegers(2);
        List<DuplicateLink> links = new ArrayList<>();
        for (int i = 0; a != null && i < a.length; i++) {
            links.add(new DuplicateLink(a[i], b[i], scores[i]));
        }
        return links;
    }

    /** Returns the pairs of customers who are not the same, at most {@link #MAX_LINKS}. */
    Uni<List<List<UUID>>> dismissed() {
        return database.query(statements().dismissed(MAX_LINKS)).map(rows -> {
            List<List<UUID>> pairs = new ArrayList<>();
            rows.forEach(row -> pairs.add(List.of(row.getUUID(0), row.getUUID(1))));
            return pairs;
        });
    }

    /** Returns the reasons of pairs by the ids of both customers. */
    Uni<Map<List<UUID>, List<String>>> reasons(Collection<DuplicateLink> links) {
        var values = Tuple.of(
                caller.tenant(),
                links.stream().map(DuplicateLink::a).toArray(UUID[]::new),
                links.stream().map(DuplicateLink::b).toArray(UUID[]::new));
        return database.query(REASONS, values).map(rows -> {
            Map<List<UUID>, List<String>> reasons = new HashMap<>();
            rows.forEach(row -> reasons.put(
                    List.of(row.getUUID(0), row.getUUID(1)),
                    List.of(row.getDelegate().getArrayOfStrings(2))));
            return reasons;
        });
    }

    /** Returns the ids of customers in the order in which they are suggested as target of a merge. */
    Uni<List<UUID>> mostCompleteFirst(Collection<UUID> ids) {
        return database.query(MOST_COMPLETE_FIRST, Tuple.of(caller.tenant(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    List<UUID> ranked = new ArrayList<>();
                    rows.forEach(row -> ranked.add(row.getUUID(0)));
                    return ranked;
                });
    }

    private DuplicateSelect statements() {
        return new DuplicateSelect(caller.tenant(), caller.location());
    }
}
