package io.clientela.activity;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The exported clusters of a customer. */
@Singleton
class ClusterExport implements ExportPart {
    private static final String OF_CUSTOMER = """
            SELECT id, name, description, created_at, updated_at FROM cluster
            WHERE tenant_id = ? AND id IN (
                SELECT cluster_id FROM cluster_member WHERE tenant_id = ? AND customer_id = ?
                UNION ALL
                SELECT cluster_id FROM customer WHERE tenant_id = ? AND id = ?)
            ORDER BY sort_name, id""";

    @Override
    public String name() {
        return "clusters";
    }

    @Override
    public String explanation() {
        return "The groups into which the business has sorted the customer. The main one is the customer's"
                + " `cluster_id`.";
    }

    @Override
    public Select select(ExportSubject subject) {
        var tenant = subject.tenant();
        return new Select(false).add(OF_CUSTOMER, tenant, tenant, subject.id(), tenant, subject.id());
    }

    @Override
    public Optional<ClusterView> value(Row row) {
        return Optional.of(ClusterReader.view(row));
    }
}
