package io.clientela.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.clientela.customer.CustomerSnapshots;
import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The exported customers who were merged into a customer, as they were. */
@Singleton
class MergedCustomerExport implements ExportPart {
    private static final String OF_CUSTOMERS = """
            SELECT id, merge_id, merged_into, snapshot, clusters, default_address, password_hash IS NOT NULL AS password
            FROM merged_customer WHERE tenant_id = ? AND id = ANY(?) ORDER BY id""";

    /**
     * A customer who was merged into another one.
     *
     * @param hasPassword whether the customer had a password, of which only the hash is stored
     */
    @RegisterForReflection
    record ExportedSource(
            UUID id,
            UUID mergeId,
            UUID mergedInto,
            JsonNode customer,
            List<String> clusters,
            UUID defaultAddress,
            boolean hasPassword) {}

    @Override
    public String name() {
        return "merged_customers";
    }

    @Override
    public String explanation() {
        return "The customers who were merged into this one, as they were before. They are stored so that a merge can be"
                + " undone if it was a mistake.";
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false).add(OF_CUSTOMERS, subject.tenant(), subject.idArray());
    }

    @Override
    public Optional<ExportedSource> value(Row row) {
        return Optional.of(new ExportedSource(
                row.getUUID("id"),
                row.getUUID("merge_id"),
                row.getUUID("merged_into"),
                CustomerSnapshots.values(row.getString("snapshot")),
                List.of(row.getDelegate().getArrayOfStrings("clusters")),
                row.getUUID("default_address"),
                row.getBoolean("password")));
    }
}
