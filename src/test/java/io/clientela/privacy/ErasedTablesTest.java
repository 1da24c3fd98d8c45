package io.clientela.privacy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Fills every table with a person, erases the person, and looks for it in every table. A table or column that is added
 * later must be listed here by somebody who knows what an erasure does with it (docs/privacy.md).
 */
@QuarkusTest
class ErasedTablesTest extends ApiTest {
    /** Every column that can hold text, by table; with a star if it has values of the person until the erasure. */
    private static final String COLUMNS = """
            api_key: created_by location name prefix scopes
            api_key_event: actor details request_id type
            api_key_secret: hash
            cluster: description name name_key sort_name
            customer: address* attributes* avatar* birthday* company_name* document* document_key* document_type email*
            customer: email_key* external_id* first_name* last_name* location_id name* notes* phone* phone_key* role*
            customer: search_text* segment social_driver* social_id* sort_email* sort_name* source* state_registration*
            customer: status tags* total_spent type utm_campaign* utm_source* value*
            customer_account: email_key* password_hash
            customer_address: city* country district* label* line1* line2* postal_code* state*
            customer_alias: key* kind
            customer_call: direction external_id* notes* outcome*
            customer_consent: actor preference request_id source
            customer_event: actor changes* details* request_id* subject_type type
            customer_order: currency external_id* number* status total
            customer_token: email_key* hash purpose
            duplicate_dismissal: dismissed_by
            duplicate_pair: reasons score
            event_cursor: reader
            failed_attempt: key* kind
            idempotency_key: actor body* etag fingerprint key location
            import_job: actor digest error_code error_message header location_id options request_id status type
            import_piece: data
            import_preview: customer
            import_preview_identifier: key kind
            import_preview_item: external_id item
            import_refusal: data* errors
            merge: added_clusters changes* merged_by source_ids undone_by
            merged_customer: clusters password_hash snapshot*
            webhook: created_by description disabled_reason payload since types url
            webhook_delivery: error response_body* status subject_type type
            webhook_secret: secret
            """;

    private static final String LIST_COLUMNS = """
            SELECT c.table_name || ' ' || c.column_name FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history'
              AND c.column_name <> 'tenant_id'
              AND c.data_type NOT IN ('uuid', 'bigint', 'integer', 'boolean', 'timestamp with time zone', 'xid8')
            ORDER BY 1""";

    private static final String LIST_TABLES = """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history'""";

    /** The tables in which not even an id of an erased customer stays. */
    private static final List<String> WITHOUT_IDS = List.of(
            "cluster_member",
            "customer_address",
            "customer_alias",
            "customer_token",
            "duplicate_dismissal",
            "duplicate_key",
            "duplicate_pair",
            "duplicate_queue");

    private final TestTenant tenant = TestTenant.fresh();
    private final MarkedPerson person = new MarkedPerson(tenant);

    private static List<String> columns() {
        return COLUMNS.lines()
                .flatMap(line -> Stream.of(line.replaceFirst(".*: ", "").split(" "))
                        .map(column -> line.replaceFirst(":.*", " ") + column))
                .toList();
    }

    private static List<String> tables() {
        return TestDatabase.column(LIST_TABLES);
    }

    private static List<String> rowsWith(String table, String tenant, String text) {
        return TestDatabase.column(
                "SELECT row_to_json(t)::text FROM " + table + " t WHERE tenant_id = ? AND row_to_json(t)::text ILIKE ?"
                        + " ORDER BY 1",
                tenant,
                "%" + text + "%");
    }

    private static List<String> rowsOf(MarkedPerson person, String tenant) {
        return tables().stream()
                .flatMap(table -> Stream.concat(person.ids().stream(), person.traces().stream())
                        .flatMap(text -> rowsWith(table, tenant, text).stream())
                        .distinct()
                        .map(row -> table + " " + row))
                .toList();
    }

    private void assertErased() {
        tables().forEach(table -> {
            person.traces().forEach(text -> assertThat(rowsWith(table, tenant.name(), text))
                    .as("%s in %s", text, table)
                    .isEmpty());
            assertThat(TestDatabase.column(
                            "SELECT row_to_json(t)::text FROM " + table + " t WHERE row_to_json(t)::text ILIKE ?",
                            "%" + person.marker() + "%"))
                    .as(table)
                    .isEmpty();
        });
        WITHOUT_IDS.forEach(table -> person.ids().forEach(id -> assertThat(rowsWith(table, tenant.name(), id))
                .as("%s in %s", id, table)
                .isEmpty()));
    }

    private String merge(String target, String source) {
        return person.post(
                        CUSTOMERS + "/merge",
                        "{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}",
                        200)
                .extract()
                .path("merge_id");
    }

    /** The preview has the source's values, and need not have its id. */
    private void preview(String target, String source) {
        person.post(
                CUSTOMERS + "/merge?dry_run=true",
                "{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}",
                200);
    }

    private void undo(String merge) {
        person.post("/v1/merges/" + merge + "/undo", "{}", 200);
    }

    private void erase(String id) {
        tenant.call().post(CUSTOMERS + "/" + id + "/erasure").then().statusCode(200);
    }

    @Test
    void everyColumnIsListed() {
        assertThat(TestDatabase.column(LIST_COLUMNS))
                .isEqualTo(columns().stream()
                        .map(column -> column.replace("*", ""))
                        .toList());
    }

    @Test
    void everyTableNamesItsTenant() {
        assertThat(tables()).allSatisfy(table -> assertThat(TestDatabase.column(
                        "SELECT column_name FROM information_schema.columns WHERE table_name = ? AND column_name = 'tenant_id'",
                        table))
                .as(table)
                .hasSize(1));
    }

    @Test
    void nothingOfErasedPersonIsLeft() {
        var root = person.create("r");
        mergeAndUndo(root);
        merge(root, person.create("s"));
        person.post(CUSTOMERS + "/batch", "{\"customers\":[" + person.fields("r") + ",{\"name\":\"Somebody\"}]}", 200);
        person.issueTokens(root);
        person.addDuplicates(root, tenant.createNamed("No double"));
        tenant.awaitCompared();
        assertEveryColumnIsFilled();

        erase(root);
        tenant.awaitCompared();

        assertErased();
        assertThat(tenant.get(root).jsonPath().getBoolean("anonymized")).isTrue();
    }

    /** The person is part of another customer, and with that one of a third one, and then again a customer. */
    private void mergeAndUndo(String root) {
        var other = tenant.createNamed("Other");
        var third = tenant.createNamed("Third");
        preview(other, root);
        var intoOther = merge(other, root);
        var intoThird = merge(third, other);
        person.issueTokens(third);
        undo(intoThird);
        person.issueTokens(other);
        tenant.patch(other, "{\"email\":\"other-" + third + "@example.com\",\"notes\":\"Other's\"}");
        var call = tenant.call().get(CUSTOMERS + "/" + other + "/calls").<String>path("data[0].id");
        tenant.json("{\"notes\":\"Other's\"}")
                .patch(CUSTOMERS + "/" + other + "/calls/" + call)
                .then()
                .statusCode(200);
        person.post(CUSTOMERS + "/" + other + "/calls", "{\"notes\":\"Other's\"}", 201);
        undo(intoOther);
        undo(merge(root, third));
    }

    private void assertEveryColumnIsFilled() {
        var personal = columns().stream()
                .filter(column -> column.endsWith("*"))
                .map(column -> column.replace("*", ""))
                .toList();
        assertThat(personal).hasSizeGreaterThan(45).allSatisfy(column -> {
            var name = column.split(" ");
            var found = person.traces().stream()
                    .map(text -> "t.%1$s::text ILIKE '%%%2$s%%'".formatted(name[1], text))
                    .collect(Collectors.joining(" OR "));
            assertThat(TestDatabase.column(
                            "SELECT 1 FROM " + name[0] + " t WHERE tenant_id = ? AND (" + found + ") LIMIT 1",
                            tenant.name()))
                    .as(column)
                    .hasSize(1);
        });
    }

    @Test
    void nothingOfPersonErasedAfterDeleteIsLeft() {
        var root = person.create("r");
        mergeAndUndo(root);
        var source = person.create("s");
        merge(root, source);
        tenant.call()
                .queryParam("force", "true")
                .delete(CUSTOMERS + "/" + root)
                .then()
                .statusCode(204);

        erase(source);
        tenant.awaitCompared();

        assertErased();
    }

    @Test
    void otherPersonsKeepEverything() {
        var neighbour = new MarkedPerson(tenant);
        var elsewhere = TestTenant.fresh();
        var stranger = new MarkedPerson(elsewhere);
        neighbour.create("r");
        stranger.create("r");
        var root = person.create("r");
        tenant.awaitCompared();
        elsewhere.awaitCompared();
        var rows = rowsOfNeighbour(neighbour, root);
        var rowsElsewhere = rowsOf(stranger, elsewhere.name());

        erase(root);
        tenant.awaitCompared();

        assertErased();
        assertThat(rowsOfNeighbour(neighbour, root)).hasSizeGreaterThan(20).isEqualTo(rows);
        assertThat(rowsOf(stranger, elsewhere.name())).hasSizeGreaterThan(20).isEqualTo(rowsElsewhere);
    }

    /** Both may look like one person: such a pair is of the erased one, too. */
    private List<String> rowsOfNeighbour(MarkedPerson neighbour, String erased) {
        return rowsOf(neighbour, tenant.name()).stream()
                .filter(row -> !row.contains(erased))
                .toList();
    }
}
