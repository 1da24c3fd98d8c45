package io.clientela.customer;

import io.clientela.database.RowReader;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Customers as they would be after the rows of an import that is only tried: what its earlier rows would have written,
 * its later ones must see. They are kept beside the customers, who stay as they are.
 */
@Singleton
public class CustomerPreviews {
    private static final String FIND = "SELECT $1, " + CustomerTable.VALUES + """
             FROM import_preview AS preview, json_populate_record(cast(NULL AS customer), preview.customer) AS row
            WHERE preview.tenant_id = $1 AND preview.import_id = $2 AND (
                preview.customer_id = ANY($3)
                OR preview.customer_id IN (
                    SELECT identifier.customer_id FROM import_preview_identifier AS identifier
                    JOIN unnest($4::text[], $5::text[]) AS wanted (kind, key) USING (kind, key)
                    WHERE identifier.tenant_id = $1 AND identifier.import_id = $2))""";

    private static final String SAVE = """
            INSERT INTO import_preview (tenant_id, import_id, customer_id, customer)
            SELECT $1, $2, cast(row ->> 'id' AS uuid), row FROM json_array_elements(cast($3::text AS json)) AS row
            ON CONFLICT (tenant_id, import_id, customer_id) DO UPDATE SET customer = excluded.customer""";

    private static final String SAVE_IDENTIFIERS = """
            INSERT INTO import_preview_identifier (tenant_id, import_id, kind, key, customer_id)
            SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::uuid[])
            ON CONFLICT DO NOTHING""";

    private final Caller caller;
    private final Segments segments;

    CustomerPreviews(Caller caller, Segments segments) {
        this.caller = caller;
        this.segments = segments;
    }

    /**
     * Returns the customers who would have been written: those of these, and those to whom these identifiers would
     * lead.
     *
     * @param present the customers as they are, who give the aliases
     */
    public Uni<List<LockedCustomer>> find(
            UUID importId, Collection<LockedCustomer> present, Collection<Identifier> requested) {
        Map<UUID, LockedCustomer> byId =
                present.stream().collect(Collectors.toMap(LockedCustomer::id, Function.identity()));
        var identifiers = List.copyOf(requested);
        var asOf = segments.now();
        return TenantStatement.query(
                        caller.tenant(),
                        FIND,
                        importId,
                        byId.keySet().toArray(UUID[]::new),
                        TenantStatement.column(
                                identifiers, String[]::new, one -> one.kind().name()),
                        TenantStatement.column(identifiers, String[]::new, Identifier::key))
                .map(rows -> rows.stream()
                        .map(row -> CustomerTable.customer(RowReader.of(row)))
                        .map(customer -> new LockedCustomer(customer, aliases(byId.get(customer.id)), asOf))
                        .toList());
    }

    private static Set<Identifier> aliases(LockedCustomer present) {
        return present == null ? Set.of() : present.aliases();
    }

    /** Stores the prepared customers, in place of writing them. */
    public Uni<Void> save(UUID importId, Collection<LockedCustomer> customers) {
        var changed = customers.stream()
                .filter(customer -> !customer.changes().isEmpty())
                .toList();
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Identifier> identifiers = new ArrayList<>();
        List<UUID> owners = new ArrayList<>();
        changed.forEach(customer -> customer.identifiers().forEach(identifier -> {
            identifiers.add(identifier);
            owners.add(customer.id());
        }));
        return TenantStatement.pipelined(
                        TenantStatement.update(caller.tenant(), SAVE, importId, CustomerRows.json(changed)),
                        TenantStatement.update(
                                caller.tenant(),
                                SAVE_IDENTIFIERS,
                                importId,
                                TenantStatement.column(identifiers, String[]::new, one -> one.kind()
                                        .name()),
                                TenantStatement.column(identifiers, String[]::new, Identifier::key),
                                owners.toArray(UUID[]::new)))
                .replaceWithVoid();
    }
}
