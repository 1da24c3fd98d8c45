package io.clientela.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clientela.customer.ErasedPerson;
import io.clientela.customer.MergeTrace;
import io.clientela.customer.PastCustomers;
import io.clientela.customer.PersonalData;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Erases personal data from events: from those of the person, and from those of other customers that had values of the
 * person while they were merged. What happened, when, and who did it stays.
 */
@ApplicationScoped
class PersonalEvents implements PersonalData, PastCustomers {
    private static final String HISTORY = "history";

    /** What stays of changes: states, the fact of consent (GDPR, article 7(1)), and ids that the service made. */
    private static final String[] KEPT_CHANGES = {"status", "preferences", "cluster_id"};

    /** What stays of details: ids that the service made, and counts. */
    private static final String[] KEPT_DETAILS = {
        "merge_id",
        "merged_into",
        "source_ids",
        "moved",
        "call_id",
        "order_id",
        "address_id",
        "cluster_id",
        "import_id",
        "forced",
        "overridden_rules"
    };

    private static final String KEPT_OF_DETAILS = """
            coalesce((SELECT cast(json_object_agg(key, value) AS text) FROM json_each(cast(e.details AS json))
                      WHERE key = ANY($4::text[])), '{}')""";

    private static final String HAS_MORE_DETAILS =
            "EXISTS (SELECT FROM json_object_keys(cast(e.details AS json)) AS key WHERE key <> ALL($4::text[]))";

    private static final String ERASE_OWN = """
            UPDATE customer_event e SET request_id = NULL, details = %s,
                changes = coalesce((SELECT cast(json_object_agg(key, value) AS text) FROM json_each(cast(e.changes AS json))
                                    WHERE key = ANY($3::text[])), '{}')
            WHERE e.tenant_id = $1 AND e.customer_id = ANY($2::uuid[]) AND e.type <> 'customer.erased' AND (
                request_id IS NOT NULL OR %s
                OR EXISTS (SELECT FROM json_object_keys(cast(e.changes AS json)) AS key WHERE key <> ALL($3::text[])))""".formatted(KEPT_OF_DETAILS, HAS_MORE_DETAILS);

    private static final String IS_COPY_TIME = """
            copy.target = e.customer_id AND e.at BETWEEN copy.since AND copy.until""";

    private static final String COPIES =
            "json_to_recordset(cast($5::text AS json)) AS copy (target uuid, since timestamptz, until timestamptz, fields text[])";

    private static final String IS_PERSONAL = "(key <> ALL($3::text[]) AND EXISTS (SELECT FROM " + COPIES + " WHERE "
            + IS_COPY_TIME + " AND (copy.fields IS NULL OR key = ANY(copy.fields))))";

    private static final String ERASE_OTHERS =
            """
            UPDATE customer_event e SET details = %s,
                changes = coalesce((SELECT cast(json_object_agg(key, value) AS text) FROM json_each(cast(e.changes AS json))
                                    WHERE NOT %s), '{}')
            WHERE e.tenant_id = $1 AND e.customer_id = ANY(ARRAY(SELECT target FROM %s)) AND e.customer_id <> ALL($2::uuid[])
              AND EXISTS (SELECT FROM %3$s WHERE %s)
              AND (%s OR EXISTS (SELECT FROM json_object_keys(cast(e.changes AS json)) AS key WHERE %2$s))""".formatted(KEPT_OF_DETAILS, IS_PERSONAL, COPIES, IS_COPY_TIME, HAS_MORE_DETAILS);

    private static final String LAST_VERSION =
            "SELECT max(customer_version) FROM customer_event WHERE tenant_id = $1 AND customer_id = $2";

    private static final String EMAILS = """
            SELECT DISTINCT email FROM customer_event e CROSS JOIN LATERAL (VALUES
                (cast(e.changes AS json) #>> '{email,from}'), (cast(e.changes AS json) #>> '{email,to}')) AS value (email)
            WHERE e.tenant_id = $1 AND e.customer_id = ANY($2::uuid[]) AND e.changes LIKE '%"email"%' AND email IS NOT NULL""";

    private final Caller caller;

    PersonalEvents(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Uni<Set<String>> erase(ErasedPerson person) {
        var own = person.erase(HISTORY, ERASE_OWN, KEPT_CHANGES, KEPT_DETAILS);
        var copies = copies(person);
        return copies.isEmpty()
                ? own
                : PersonalData.all(List.of(
                        own, person.erase(HISTORY, ERASE_OTHERS, KEPT_CHANGES, KEPT_DETAILS, copies.toString())));
    }

    private static ArrayNode copies(ErasedPerson person) {
        var copies = JsonNodeFactory.instance.arrayNode();
        person.copies().forEach(trace -> addCopy(copies, trace));
        return copies;
    }

    private static void addCopy(ArrayNode copies, MergeTrace trace) {
        var copy = copies.addObject();
        copy.put("target", trace.target().toString());
        copy.put("since", trace.mergedAt().toString());
        copy.put("until", trace.undoneAt().orElseThrow().toString());
        trace.fields().ifPresent(fields -> fields.forEach(copy.putArray("fields")::add));
    }

    @Override
    public Uni<Optional<Long>> lastVersion(UUID customer) {
        return TenantStatement.query(caller.tenant(), LAST_VERSION, customer)
                .map(rows -> Optional.ofNullable((Long) rows.get(0)[0]));
    }

    @Override
    public Uni<List<String>> emails(Collection<UUID> customers) {
        return TenantStatement.query(caller.tenant(), EMAILS, (Object) customers.toArray(UUID[]::new))
                .map(rows -> rows.stream().map(row -> (String) row[0]).toList());
    }
}
