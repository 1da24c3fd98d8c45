package io.clientela.customer;

import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** The exported aliases of a customer. */
@Singleton
class AliasExport implements ExportPart {
    /** An identifier that leads to the customer. */
    @RegisterForReflection
    record Alias(String kind, String key, UUID mergeId) {}

    @Override
    public String name() {
        return "aliases";
    }

    @Override
    public String explanation() {
        return "Identifiers of customers who were merged into this one, in the form in which they are compared: the"
                + " customer is found by them. `merge_id` is the merge that each comes from.";
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false)
                .add(
                        "SELECT kind, key, merge_id FROM customer_alias WHERE tenant_id = ? AND customer_id = ?"
                                + " ORDER BY kind, key, merge_id",
                        subject.tenant(),
                        subject.id());
    }

    @Override
    public Optional<Alias> value(Row row) {
        return Optional.of(new Alias(row.getString("kind"), row.getString("key"), row.getUUID("merge_id")));
    }
}
