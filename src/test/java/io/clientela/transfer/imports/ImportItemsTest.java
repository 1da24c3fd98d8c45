package io.clientela.transfer.imports;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.clientela.transfer.imports.ImportFixture.IMPORTS;
import static io.clientela.transfer.imports.ImportFixture.assertCounts;
import static io.clientela.transfer.imports.ImportFixture.csv;
import static io.clientela.transfer.imports.ImportFixture.end;
import static io.clientela.transfer.imports.ImportFixture.ndjson;
import static io.clientela.transfer.imports.ImportFixture.sendCsv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports of addresses, calls and orders, from the file to the customers. */
@QuarkusTest
class ImportItemsTest extends ApiTest {
    private static final String ORDERS = "?type=orders";

    private static final String TWO_OF_JANE = "customer_external_id,external_id,status,total,placed_at\r\n"
            + "A-1,O-1,paid,10.50,2026-01-31T10:00:00Z\r\nA-1,O-2,canceled,99,2026-03-01T10:00:00Z\r\n"
            + "A-2,O-3,paid,1,2026-02-01 12:00\r\n";

    private final TestTenant tenant = TestTenant.fresh();
    private String jane;
    private String joe;

    @BeforeEach
    void createCustomers() {
        jane = tenant.create("""
                {"external_id":"A-1","name":"Jane","email":"jane@example.com","phone":"+55 11 98888-7777",
                 "document":"52998224725"}""").getString("id");
        joe = tenant.create("{\"external_id\":\"A-2\",\"name\":\"Joe\"}").getString("id");
    }

    private JsonPath customer(String id) {
        return tenant.call().get(CUSTOMERS + "/" + id + "?include=stats").jsonPath();
    }

    private JsonPath items(String id, String plural) {
        return tenant.call()
                .get(CUSTOMERS + "/" + id + "/" + plural + "?page_size=200")
                .jsonPath();
    }

    private List<String> history(String id) {
        return tenant.call().get(CUSTOMERS + "/" + id + "/history").jsonPath().getList("data.type");
    }

    private JsonPath errors(JsonPath job) {
        return tenant.call()
                .get(IMPORTS + "/" + job.getString("id") + "/errors")
                .jsonPath();
    }

    /** Returns all that an import may change, but for ids and times. */
    private static String state(TestTenant tenant) {
        return TestDatabase.column(
                        "SELECT concat_ws(' ', c.external_id, c.version, c.call_count, c.total_orders, c.total_spent,"
                                + " c.first_order_at, c.last_order_at, c.last_call_at,"
                                + " (SELECT string_agg(e.type, ',' ORDER BY e.id) FROM customer_event e"
                                + " WHERE e.tenant_id = c.tenant_id AND e.customer_id = c.id),"
                                + " (SELECT string_agg(concat_ws(' ', o.external_id, o.status, o.total, o.placed_at), ','"
                                + " ORDER BY o.external_id) FROM customer_order o"
                                + " WHERE o.tenant_id = c.tenant_id AND o.customer_id = c.id))"
                                + " FROM customer c WHERE c.tenant_id = ? ORDER BY c.external_id",
                        tenant.name())
                .toString();
    }

    @Test
    void ordersAreCreatedThenUnchangedThenUpdated() {
        assertCounts(csv(tenant, ORDERS, TWO_OF_JANE), 3, 0, 0, 0);
        assertThat(customer(jane).getInt("version")).isEqualTo(3);
        assertCounts(csv(tenant, ORDERS, TWO_OF_JANE), 0, 0, 3, 0);
        assertThat(customer(jane).getInt("version")).isEqualTo(3);

        assertCounts(
                csv(tenant, ORDERS, "external_id,customer_external_id,status\nO-2,A-1,paid\nO-1,A-1,paid\n"),
                0,
                1,
                1,
                0);

        var stats = customer(jane);
        assertThat(stats.getInt("stats.total_orders")).isEqualTo(2);
        assertThat(stats.getFloat("stats.total_spent")).isEqualTo(109.5f);
        assertThat(stats.getString("stats.last_order_date")).isEqualTo("2026-03-01");
        assertThat(stats.getInt("version")).isEqualTo(4);
        assertThat(items(jane, "orders").getList("data.external_id")).containsExactly("O-2", "O-1");
        assertThat(items(joe, "orders").getString("data[0].placed_at")).isEqualTo("2026-02-01T12:00:00Z");
        assertThat(items(joe, "orders").getString("data[0].currency")).isEqualTo("BRL");
    }

    @Test
    void everyItemIsInTheHistoryLikeSingleWrite() {
        csv(tenant, ORDERS, TWO_OF_JANE);
        csv(tenant, ORDERS, "external_id,customer_external_id,total\nO-1,A-1,11\n");

        assertThat(history(jane)).containsExactly("order.updated", "order.added", "order.added", "customer.created");
        var events = tenant.call().get(CUSTOMERS + "/" + jane + "/history").jsonPath();
        assertThat(events.getString("data[0].actor")).isEqualTo("tester");
        assertThat(events.getString("data[0].details.changes.total.from")).isEqualTo("10.5");
        assertThat(events.getString("data[0].details.order_id"))
                .isEqualTo(items(jane, "orders").getString("data[1].id"));
        assertThat(TestDatabase.column(
                        "SELECT customer_version FROM customer_event WHERE customer_id = ?::uuid ORDER BY id", jane))
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void importLeavesWhatSingleWritesLeave() {
        csv(tenant, ORDERS, TWO_OF_JANE + "A-1,O-1,paid,3.33,2026-05-01T10:00:00Z\r\n");

        var other = TestTenant.fresh();
        var ofOther =
                other.create("{\"external_id\":\"A-1\",\"name\":\"Jane\"}").getString("id");
        var joeOfOther =
                other.create("{\"external_id\":\"A-2\",\"name\":\"Joe\"}").getString("id");
        var first = addTo(other, ofOther, "O-1", "paid", "10.50", "2026-01-31T10:00:00Z");
        addTo(other, ofOther, "O-2", "canceled", "99", "2026-03-01T10:00:00Z");
        addTo(other, joeOfOther, "O-3", "paid", "1", "2026-02-01T12:00:00Z");
        other.json("{\"total\":3.33,\"placed_at\":\"2026-05-01T10:00:00Z\"}")
                .patch(CUSTOMERS + "/" + ofOther + "/orders/" + first)
                .then()
                .statusCode(200);
        assertThat(state(tenant)).isEqualTo(state(other));
    }

    private static String addTo(
            TestTenant tenant, String customer, String key, String status, String total, String at) {
        return tenant.json("{\"external_id\":\"" + key + "\",\"status\":\"" + status + "\",\"total\":" + total
                        + ",\"placed_at\":\"" + at + "\"}")
                .post(CUSTOMERS + "/" + customer + "/orders")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void segmentFollowsImportedOrders() {
        assertThat(customer(jane).getString("segment")).isEqualTo("lead");

        csv(tenant, ORDERS, "customer_email,total\nJANE@example.com,1000\n");

        assertThat(customer(jane).getString("segment")).isEqualTo("vip");
        tenant.call().get(CUSTOMERS + "?segment=vip").then().body("data.id", equalTo(List.of(jane)));
    }

    @Test
    void refusedRowsAreNamed() {
        tenant.create("{\"name\":\"Twin\",\"email\":\"twin@example.com\"}");
        tenant.create("{\"name\":\"Twin\",\"email\":\"twin@example.com\"}");
        csv(tenant, ORDERS, TWO_OF_JANE);
        var file = "customer_external_id,customer_email,customer_phone,customer_id,external_id,total,currency\n"
                + "A-9,,,,,1,\n,twin@example.com,,,,1,\nA-2,jane@example.com,,,,1,\n,,,,,1,\n,,x,,,1,\n,,,nobody,,1,\n"
                + "A-2,,,,O-1,5,\nA-1,,,,O-9,,\nA-1,,,,,-1,Reais\nA-9,jane@example.com,,,,1,\nA-1,,,,,2,\n"
                + ",no@email,,,,1,\n";

        var job = csv(tenant, ORDERS, file);

        assertCounts(job, 1, 0, 0, 11);
        var errors = errors(job).<Map<String, Object>>getList("data");
        assertThat(errors.stream().map(error -> error.get("line") + " " + error.get("field") + " " + error.get("code")))
                .containsExactly(
                        "2 /customer_external_id not_found",
                        "3 /customer_email ambiguous_match",
                        "4 /customer_external_id ambiguous_match",
                        "5 /customer_external_id required",
                        "6 /customer_phone invalid_format",
                        "7 /customer_id invalid_type",
                        "8 /external_id duplicate_external_id",
                        "9 /total required",
                        "10 /total out_of_range",
                        "10 /currency invalid_value",
                        "11 /customer_external_id identity_conflict",
                        "13 /customer_email not_found");
        tenant.call()
                .get(IMPORTS + "/" + job.getString("id") + "/rejected")
                .then()
                .body(startsWith("customer_external_id,customer_email"))
                .body(containsString("A-2,,,,O-1,5,"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            customer_external_id | A-1
            customer_email       | Jane@Example.com
            customer_phone       | (11) 98888-7777
            customer_document    | 529.982.247-25
            """)
    void identifiersOfMergedCustomerLeadToSurvivor(String column, String value) {
        var survivor = tenant.createNamed("Survivor");
        tenant.json("{\"target_id\":\"" + survivor + "\",\"source_ids\":[\"" + jane + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200);

        assertCounts(csv(tenant, ORDERS, column + ",total\n" + value + ",5\n"), 1, 0, 0, 0);

        assertThat(items(survivor, "orders").getList("data")).hasSize(1);
        var refused = csv(tenant, ORDERS, "customer_id,total\n" + jane + ",5\n");
        assertCounts(refused, 0, 0, 0, 1);
        assertThat(errors(refused).getString("data[0].code")).isEqualTo("merged");
        assertThat(errors(refused).getString("data[0].message")).contains(survivor);
    }

    @Test
    void erasedCustomerIsRefused() {
        tenant.call().post(CUSTOMERS + "/" + joe + "/erasure").then().statusCode(200);

        var job = csv(tenant, ORDERS, "customer_id,total\n" + joe + ",5\n" + jane + ",5\n");

        assertCounts(job, 1, 0, 0, 1);
        assertThat(errors(job).getString("data[0].code")).isEqualTo("customer_anonymized");
    }

    @Test
    void createLeavesWhatThereIs() {
        csv(tenant, ORDERS, TWO_OF_JANE);
        var before = state(tenant);

        assertCounts(
                csv(tenant, ORDERS + "&mode=create", TWO_OF_JANE.replace("10.50", "77") + "A-2,O-1,paid,1,\r\n"),
                0,
                0,
                3,
                1);

        assertThat(state(tenant)).isEqualTo(before);
        assertCounts(csv(tenant, ORDERS + "&mode=create", "customer_external_id,total\nA-2,1\nA-2,1\n"), 2, 0, 0, 0);
        assertThat(items(joe, "orders").getList("data")).hasSize(3);
    }

    @Test
    void callsCountAndKeepTheirDefaults() {
        var file = "customer_id,external_id,started_at,duration_seconds,notes\n" + jane
                + ",C-1,2026-01-01T10:00:00Z,60,\"a, b\"\n" + jane + ",,2026-02-01T10:00:00Z,,\n" + jane
                + ",C-1,2026-04-01T10:00:00Z,61,\n";

        assertCounts(csv(tenant, "?type=calls", file), 2, 1, 0, 0);

        assertThat(customer(jane).getInt("call_count")).isEqualTo(2);
        assertThat(customer(jane).getString("last_call_at")).isEqualTo("2026-04-01T10:00:00Z");
        assertThat(items(jane, "calls").getList("data.direction")).containsExactly("inbound", "inbound");
        assertThat(items(jane, "calls").getString("data[0].notes")).isEqualTo("a, b");
        assertCounts(
                csv(
                        tenant,
                        "?type=calls",
                        "customer_id,external_id,started_at\n" + jane + ",C-1,2025-01-01T10:00:00Z\n"),
                0,
                1,
                0,
                0);
        assertThat(customer(jane).getString("last_call_at")).isEqualTo("2026-02-01T10:00:00Z");
        var event = tenant.call().get(CUSTOMERS + "/" + jane + "/history").jsonPath();
        assertThat(event.getString("data[0].changes.last_call_at.to")).isEqualTo("2026-02-01T10:00:00Z");
    }

    @Test
    void addressesHaveOneDefault() {
        var file = "customer_external_id,label,line1,country,is_default\nA-1,Home,Street 1,BR,\nA-1,Work,Street 2,BR,\n"
                + "A-2,Home,Street 3,BR,false\n";
        assertCounts(csv(tenant, "?type=addresses", file), 3, 0, 0, 0);
        assertThat(defaults(jane)).containsExactly(true, false);
        assertThat(defaults(joe)).containsExactly(false);

        assertCounts(
                csv(tenant, "?type=addresses", "customer_external_id,city,is_default\nA-1,Rio,yes\nA-1,,\n"),
                1,
                0,
                0,
                1);

        assertThat(defaults(jane)).containsExactly(false, false, true);
        assertThat(history(jane))
                .containsExactly("address.added", "address.added", "address.added", "customer.created");
    }

    private List<Boolean> defaults(String customer) {
        return items(customer, "addresses").getList("data.is_default");
    }

    @Test
    void dryRunTellsOutcomeAndWritesNothing() {
        csv(tenant, ORDERS, TWO_OF_JANE);
        var before = state(tenant);
        var file = new StringBuilder("customer_external_id,external_id,total,status\n");
        for (int i = 0; i < 1_200; i++) {
            file.append("A-")
                    .append(1 + i % 2)
                    .append(",N-")
                    .append(i % 600)
                    .append(',')
                    .append(i / 600);
            file.append(",\n");
        }
        // The last ones find what a piece before would have written.
        file.append("A-1,N-1,1,\nA-2,N-1,1,\nA-2,N-1,1,paid\nA-1,O-1,10.50,\nA-1,O-2,,paid\nA-3,N-2,1,\nA-1,N-700,,\n");
        file.append("A-1,,1,\n");

        var tried = csv(tenant, ORDERS + "&dry_run=true", file.toString());

        assertCounts(tried, 601, 602, 2, 3);
        assertThat(state(tenant)).isEqualTo(before);
        var done = csv(tenant, ORDERS, file.toString());
        assertCounts(done, 601, 602, 2, 3);
        assertThat(errors(done).getList("data")).isEqualTo(errors(tried).getList("data"));
        assertThat(customer(jane).getInt("stats.total_orders")).isEqualTo(303);
        assertThat(customer(jane).getInt("version")).isEqualTo(1 + 2 + 300 + 301 + 1);
    }

    @Test
    void linesOfNdjsonAreBodies() {
        csv(tenant, ORDERS, TWO_OF_JANE);
        var file = """
                {"customer_external_id":"A-1","external_id":"O-1","number":"7","status":null}
                {"customer_id":"%s","total":1.5,"shoe":"x"}
                {"customer_id":"%s","total":1.5,"id":"x"}
                """.formatted(joe, joe);

        var job = ndjson(tenant, ORDERS, file);

        assertCounts(job, 1, 1, 0, 1);
        assertThat(errors(job).getString("data[0].field")).isEqualTo("/shoe");
        assertThat(items(jane, "orders").getString("data[1].status")).isEqualTo("pending");
    }

    @Test
    void columnsAreThoseOfTheType() {
        sendCsv(tenant, ORDERS, "customer_external_id,started_at\n")
                .then()
                .statusCode(422)
                .body("errors[0].message", containsString("started_at"))
                .body("columns", hasItem("customer_external_id"));
        sendCsv(tenant, "?type=orders&mode=create&on_duplicate=reject", "customer_id,total\n")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("on_duplicate"));
        assertThat(csv(tenant, ORDERS, "id,customer_id,total,created_at\n").getList("ignored_columns"))
                .containsExactly("id", "created_at");
    }

    @Test
    void confinedCallerReachesItsLocationOnly() {
        tenant.patch(joe, "{\"location_id\":\"store-1\"}");
        var confined = TestTokens.with(claims -> {
            claims.setSubject("tester");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:read customers:write");
            claims.setStringClaim("location", "store-1");
        });
        var accepted = TestTenant.call(confined)
                .contentType("text/csv")
                .body("customer_external_id,customer_id,total\nA-1,,1\n," + jane + ",1\nA-2,,1\n," + joe + ",1\n")
                .post(IMPORTS + ORDERS);

        var job = end(tenant, accepted);

        assertCounts(job, 2, 0, 0, 2);
        assertThat(errors(job).getList("data.code")).containsExactly("not_found", "not_found");
        assertThat(items(jane, "orders").getList("data")).isEmpty();
    }

    @Test
    void singleWritesMeanwhileAreNotLost() {
        var file = new StringBuilder("customer_external_id,external_id,total\n");
        for (int i = 0; i < 2_000; i++) {
            file.append("A-").append(1 + i % 2).append(",I-").append(i).append(",1\n");
        }
        var accepted = sendCsv(tenant, ORDERS, file.toString());
        var second = sendCsv(tenant, ORDERS, file.toString());

        // Some have the same external ids as the rows.
        var responses =
                Parallel.sendUntilServed(8, i -> tenant.request(CUSTOMERS + "/" + (i % 2 == 0 ? jane : joe) + "/orders")
                        .POST(BodyPublishers.ofString("{\"total\":1,\"external_id\":\"I-" + (1_990 + i) + "\"}"))
                        .build());

        assertThat(responses).extracting(HttpResponse::statusCode).allMatch(status -> status == 200 || status == 201);
        long added = responses.stream()
                .filter(response -> response.statusCode() == 201)
                .count();
        var first = end(tenant, accepted);
        assertThat(first.getInt("created") + added).isEqualTo(2_000);
        assertCounts(end(tenant, second), 0, 0, 2_000, 0);
        for (var customer : List.of(jane, joe)) {
            assertThat(customer(customer).getInt("stats.total_orders")).isEqualTo(1_000);
            assertThat(customer(customer).getFloat("stats.total_spent")).isEqualTo(1_000f);
            assertThat(customer(customer).getInt("version")).isEqualTo(1_001);
        }
    }

    @Test
    void previewIsDeletedWithTheImport() {
        csv(tenant, ORDERS + "&dry_run=true", TWO_OF_JANE);

        assertThat(TestDatabase.column(
                        "SELECT external_id FROM import_preview_item WHERE tenant_id = ? ORDER BY 1", tenant.name()))
                .containsExactly("O-1", "O-2", "O-3");
        TestDatabase.execute("DELETE FROM import_job WHERE tenant_id = ?", tenant.name());
        assertThat(TestDatabase.column(
                        "SELECT external_id FROM import_preview_item WHERE tenant_id = ?", tenant.name()))
                .isEmpty();
        tenant.call().get(IMPORTS).then().body("data", hasSize(0));
    }
}
