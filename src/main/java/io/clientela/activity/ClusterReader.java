package io.clientela.activity;

import io.clientela.customer.ClusterLookup;
import io.clientela.customer.Inclusion;
import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.database.TenantStatement;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads clusters by SQL (ADR 2): each statement names the tenant. */
@ApplicationScoped
class ClusterReader implements ClusterLookup, Inclusion {
    private static final String ORDER = "cluster name asc";

    private static final String SELECT =
            "SELECT id, name, description, created_at, updated_at, sort_name FROM cluster WHERE tenant_id = ?";

    private static final String OF_CUSTOMERS = """
            SELECT membership.customer_id, c.id, c.name, c.description, c.created_at, c.updated_at
            FROM (SELECT tenant_id, customer_id, cluster_id FROM cluster_member
                  WHERE tenant_id = $1 AND customer_id = ANY(%1$s)
                  UNION
                  SELECT tenant_id, id, cluster_id FROM customer
                  WHERE tenant_id = $1 AND id = ANY(%1$s) AND cluster_id IS NOT NULL) AS membership
            JOIN cluster c ON c.tenant_id = membership.tenant_id AND c.id = membership.cluster_id
            ORDER BY c.sort_name, c.id""".formatted(TenantStatement.array(2, "uuid"));

    private static final String LOCK_FOR_SHARE = "SELECT id FROM cluster WHERE tenant_id = $1 AND id = ANY("
            + TenantStatement.array(2, "uuid") + ") ORDER BY id FOR KEY SHARE";

    private final Caller caller;
    private final Database database;

    ClusterReader(Caller caller, Database database) {
        this.caller = caller;
        this.database = database;
    }

    Uni<Optional<ClusterView>> byId(UUID id) {
        return database.query(new Select(false).add(SELECT, caller.tenant()).add(" AND id = ?", id))
                .map(rows -> rows.stream().findFirst().map(ClusterReader::view));
    }

    /** Returns a page of the tenant's clusters, by name. */
    Uni<Page<ClusterView>> page(PageRequest request) {
        var select = new Select(false).add(SELECT, caller.tenant());
        request.cursor()
                .ifPresent(cursor ->
                        select.add(" AND (sort_name, id) > (?, ?)", cursor.key(), UUID.fromString(cursor.id())));
        select.add(" ORDER BY sort_name, id LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream().toList())
                .chain(found -> request.total(found.size(), this::count)
                        .map(total -> Page.of(request, found, total, ClusterReader::cursorAfter)
                                .map(ClusterReader::view)));
    }

    /** Rejects a cursor that was made for another list. */
    static void checkCursor(QueryParameters params, PageRequest request) {
        request.requireCursor(params, cursor -> cursor.sort().equals(ORDER));
    }

    @Override
    public Uni<Set<UUID>> lockForShare(Collection<UUID> clusterIds) {
        return TenantStatement.query(caller.tenant(), LOCK_FOR_SHARE, (Object) clusterIds.toArray(UUID[]::new))
                .map(rows -> rows.stream().map(row -> (UUID) row[0]).collect(Collectors.toSet()));
    }

    @Override
    public String name() {
        return "clusters";
    }

    @Override
    public Uni<Map<UUID, List<ClusterView>>> load(String tenant, Collection<UUID> customers) {
        return database.query(OF_CUSTOMERS, Tuple.of(tenant, customers.toArray(UUID[]::new)))
                .map(rows -> ItemTable.byCustomer(rows, ClusterReader::view));
    }

    @Override
    public Object emptyValue() {
        return List.of();
    }

    /** Returns false: renaming a cluster does not change the versions of its customers. */
    @Override
    public boolean followsVersion() {
        return false;
    }

    private Uni<Long> count() {
        return database.query("SELECT count(*) FROM cluster WHERE tenant_id = $1", Tuple.of(caller.tenant()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Cursor cursorAfter(Row row) {
        return new Cursor(ORDER, row.getString("sort_name"), row.getUUID("id").toString());
    }

    static ClusterView view(Row row) {
        return new ClusterView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("description"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
