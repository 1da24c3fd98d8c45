package io.clientela.identity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Detection, lists and dismissal of likely duplicates. */
@QuarkusTest
class DuplicatesTest extends ApiTest {
    private static final String DUPLICATES = "/v1/duplicates";
    private static final String ANA = """
            {"name":"Ana Beatriz Costa","email":"ana.costa@example.com","phone":"+55 11 98888-7777",
             "birthday":"1987-06-05","address":"Rua das Flores, 12, São Paulo"}""";
    private static final String ANA_DUPLICATE = """
            {"name":"ana beatriz costa","email":"ANA.COSTA@example.com","phone":"11 8888-7777",
             "address":"R. das Flores 12 Sao Paulo"}""";
    private static final String BOB = """
            {"name":"Robert Brown","email":"robb@example.com","phone":"+1 416 555 0199","birthday":"1960-01-02"}""";

    private final TestTenant tenant = TestTenant.fresh();

    private String create(String body) {
        return tenant.create(body).getString("id");
    }

    private ValidatableResponse duplicates() {
        tenant.awaitCompared();
        return tenant.call().get(DUPLICATES).then().statusCode(200);
    }

    private ValidatableResponse duplicatesOf(String id) {
        tenant.awaitCompared();
        return tenant.call().get(CUSTOMERS + "/" + id + "/duplicates").then().statusCode(200);
    }

    private ValidatableResponse dismiss(String one, String other) {
        return tenant.json("{\"customer_ids\":[\"" + one + "\",\"" + other + "\"]}")
                .post(DUPLICATES + "/dismiss")
                .then();
    }

    @Test
    void duplicatesAreListedWithReasons() {
        var ana = create(ANA);
        create(BOB);
        var duplicate = create(ANA_DUPLICATE);

        duplicates()
                .body("data", hasSize(1))
                .body("data[0].customers.id", containsInAnyOrder(ana, duplicate))
                .body("data[0].score", greaterThanOrEqualTo(0.99f))
                .body("data[0].reasons", hasItems("same_email", "same_phone"))
                .body("meta.total_count", equalTo(1));
        duplicatesOf(ana)
                .body("data", hasSize(1))
                .body("data[0].customer.id", equalTo(duplicate))
                .body("data[0].reasons", hasItem("same_email"));
        duplicatesOf(duplicate).body("data.customer.id", contains(ana));
    }

    @Test
    void newCustomersAreComparedInBackground() throws InterruptedException {
        create(ANA);
        create(ANA_DUPLICATE);
        var pairs = "SELECT score FROM duplicate_pair WHERE tenant_id = ?";

        for (int i = 0; i < 300 && TestDatabase.column(pairs, tenant.name()).isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }

        assertThat(TestDatabase.column(pairs, tenant.name())).hasSize(1);
    }

    /** Another transaction holds the lock, as a replica would that compares the tenant's customers. */
    @Test
    void queuedCustomersArePendingWithoutWaiting() {
        var lock = "SELECT pg_advisory_xact_lock(hashtextextended('duplicates' || chr(10) || ?, 0))";

        TestDatabase.whileLocked(lock, tenant.name(), () -> {
            var ana = create(ANA);
            create(ANA_DUPLICATE);
            for (String path : List.of(DUPLICATES, CUSTOMERS + "/" + ana + "/duplicates")) {
                tenant.call().get(path).then().body("data", empty()).body("meta.pending", equalTo(2));
            }
        });

        duplicates().body("data", hasSize(1)).body("meta.pending", equalTo(0));
    }

    @Test
    void failingTenantStopsNoOther() throws InterruptedException {
        var failing = TestTenant.fresh();
        var constraint = "failing_" + failing.name().replace("-", "_");
        TestDatabase.execute("ALTER TABLE duplicate_key ADD CONSTRAINT " + constraint + " CHECK (tenant_id <> '"
                + failing.name() + "') NOT VALID");
        try {
            failing.create(ANA);
            create(ANA);
            create(ANA_DUPLICATE);

            for (int i = 0; i < 300 && !(isRead(tenant) && isLeased(failing)); i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }

            duplicates().body("data", hasSize(1));
            failing.call().get(DUPLICATES).then().body("meta.pending", equalTo(1));
        } finally {
            TestDatabase.execute("ALTER TABLE duplicate_key DROP CONSTRAINT " + constraint);
        }
        failing.awaitCompared();
    }

    private static boolean isRead(TestTenant tenant) {
        return cursorExists(tenant, "transaction_id <> '0'");
    }

    private static boolean isLeased(TestTenant tenant) {
        return cursorExists(tenant, "leased_by IS NOT NULL");
    }

    private static boolean cursorExists(TestTenant tenant, String condition) {
        return !TestDatabase.column(
                        "SELECT reader FROM event_cursor WHERE tenant_id = ? AND " + condition, tenant.name())
                .isEmpty();
    }

    /** A migration puts customers into the queue if they have to be compared by other rules. */
    @Test
    void queuedCustomersAreComparedAgain() {
        var ana = create(ANA);
        create(ANA_DUPLICATE);
        tenant.awaitCompared();
        TestDatabase.execute("DELETE FROM duplicate_pair WHERE tenant_id = ?", tenant.name());

        TestDatabase.execute(
                "INSERT INTO duplicate_queue (tenant_id, customer_id, customer_version) VALUES (?, ?::uuid, 0)",
                tenant.name(),
                ana);

        duplicates().body("data", hasSize(1));
    }

    /** The system column is the transaction that wrote the row. */
    @Test
    void keysThatStayAreNotWritten() {
        var ana = create(ANA);
        tenant.awaitCompared();
        var keys = "SELECT key || ' ' || xmin FROM duplicate_key WHERE tenant_id = ?";
        var before = TestDatabase.column(keys, tenant.name());

        tenant.patch(ana, "{\"name\":\"ANA BEATRIZ COSTA\"}");
        tenant.awaitCompared();

        assertThat(TestDatabase.column(keys, tenant.name())).isNotEmpty().containsExactlyInAnyOrderElementsOf(before);
    }

    /** Changes meet comparisons of what was before: nothing of that may stay. */
    @Test
    void customersChangedDuringComparisonAreComparedAgain() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(create(i % 2 == 0 ? ANA : BOB));
        }
        for (int round = 0; round < 3; round++) {
            int turn = round;
            Parallel.sendUntilServed(
                    40,
                    i -> i % 2 == 0
                            ? tenant.request(DUPLICATES).GET().build()
                            : tenant.request(CUSTOMERS + "/" + ids.get(i / 2))
                                    .method("PATCH", BodyPublishers.ofString((i / 2 + turn) % 2 == 0 ? BOB : ANA))
                                    .build());
        }

        duplicates().body("meta.total_count", equalTo(2 * (10 * 9 / 2)));
    }

    @Test
    void changedCustomerIsComparedAgain() {
        var ana = create(ANA);
        var other = create("""
                {"name":"Robert Brown"}""");

        duplicates().body("data", empty());

        tenant.patch(other, ANA_DUPLICATE);
        duplicates().body("data", hasSize(1));

        tenant.patch(other, """
                {"name":"Kofi Mensah","email":null,"phone":null,"address":null}""");
        duplicates().body("data", empty());

        tenant.call().delete(CUSTOMERS + "/" + ana);
        duplicatesOf(other).body("data", empty());
    }

    @Test
    void mergedCustomerIsNoDuplicateUntilUndo() {
        var ana = create(ANA);
        var duplicate = create(ANA_DUPLICATE);

        duplicates().body("data", hasSize(1));

        var merge = merge(ana, duplicate);
        duplicates().body("data", empty()).body("meta.total_count", equalTo(0));

        undo(merge);
        duplicates().body("data", hasSize(1));
    }

    @Test
    void dismissedPairIsNotListed() {
        var ana = create(ANA);
        var duplicate = create(ANA_DUPLICATE);

        dismiss(duplicate, ana).statusCode(204);
        dismiss(ana, duplicate).statusCode(204);

        duplicates().body("data", empty());
        duplicatesOf(ana).body("data", empty());

        tenant.patch(duplicate, """
                {"notes":"x","name":"Ana B. Costa"}""");
        duplicates().body("data", empty());
    }

    @Test
    void dismissalHoldsAfterMergesUntilUndo() {
        var ana = create(ANA);
        var duplicate = create(ANA_DUPLICATE);
        dismiss(ana, duplicate).statusCode(204);
        var first = create("{\"name\":\"Robert Brown\"}");
        var second = create("{\"name\":\"Kofi Mensah\"}");

        var intoFirst = merge(first, ana);
        tenant.patch(first, ANA);
        duplicates().body("data", empty());

        var intoSecond = merge(second, first);
        tenant.patch(second, ANA);
        duplicates().body("data", empty());
        duplicatesOf(duplicate).body("data", empty());

        undo(intoSecond);
        undo(intoFirst);
        duplicates().body("data", empty());

        tenant.patch(first, ANA);
        duplicatesOf(ana).body("data.customer.id", contains(first));
        duplicatesOf(duplicate).body("data.customer.id", contains(first));
    }

    @Test
    void dismissalHoldsAfterMergesOfBothSides() {
        var ana = create(ANA);
        var duplicate = create(ANA_DUPLICATE);
        dismiss(ana, duplicate).statusCode(204);
        var third = create(ANA);
        var fourth = create(ANA);
        merge(third, ana);
        merge(fourth, duplicate);
        duplicates().body("data", empty());

        // Against the dismissal, somebody merges both sides after all; then nobody is left to tell apart.
        merge(third, fourth);
        var fifth = create(ANA);

        duplicates().body("data.customers.id.flatten()", containsInAnyOrder(third, fifth));
    }

    private String merge(String target, String source) {
        return tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .extract()
                .path("merge_id");
    }

    private void undo(String merge) {
        tenant.call().post("/v1/merges/" + merge + "/undo").then().statusCode(200);
    }

    @Test
    void invalidDismissalReturns422() {
        var ana = create(ANA);
        var unknown = UUID.randomUUID().toString();

        dismiss(ana, unknown).statusCode(422).body("errors.field", contains("/customer_ids/1"));
        dismiss(ana, ana).statusCode(422).body("errors.field", contains("/customer_ids/1"));
        dismiss(ana, TestTenant.fresh().createNamed("Stranger"))
                .statusCode(422)
                .body("errors.code", contains("not_found"));
        tenant.json("{\"customer_ids\":[\"" + ana + "\"]}")
                .post(DUPLICATES + "/dismiss")
                .then()
                .statusCode(422);
    }

    @Test
    void lowerMinScoreListsMorePairs() {
        create(ANA);
        create(ANA_DUPLICATE);
        duplicates().body("data", hasSize(1));
        TestDatabase.execute("UPDATE duplicate_pair SET score = 0.3 WHERE tenant_id = ?", tenant.name());

        duplicates().body("data", empty());
        tenant.call().queryParam("min_score", "0.3").get(DUPLICATES).then().body("data", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({"min_score,1.1", "min_score,-1", "min_score,x", "min_score,1e1", "page_size,0", "cursor,abc"})
    void invalidQueryParameterReturns400(String parameter, String value) {
        tenant.call()
                .queryParam(parameter, value)
                .get(DUPLICATES)
                .then()
                .statusCode(400)
                .body("errors.field", contains(parameter));
    }

    @Test
    void pagesListEachPairOnceBestFirst() {
        String[] names = {
            "Ana Costa",
            "Robert Brown",
            "Kofi Mensah",
            "Yuki Tanaka",
            "Olga Petrova",
            "Luis Fernandez",
            "Chloe Dubois",
            "Piotr Nowak",
            "Ingrid Larsen",
            "Ahmed Hassan",
            "Priya Sharma",
            "Tomasz Zielinski"
        };
        for (int i = 0; i < names.length; i++) {
            var person = "{\"name\":\"" + names[i] + "\",\"email\":\"" + names[i].replace(" ", ".")
                    + "@example.com\",\"phone\":\"+55 11 9" + (30_000_000 + 4_567_891 * i) + "\"}";
            create(person);
            create(person);
        }
        tenant.awaitCompared();
        Set<Object> seen = new HashSet<>();
        List<Float> scores = new ArrayList<>();
        var cursor = "";

        do {
            var call = tenant.call().queryParam("page_size", 5);
            var page = (cursor.isEmpty() ? call : call.queryParam("cursor", cursor))
                    .get(DUPLICATES)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            page.<List<String>>getList("data.customers.id")
                    .forEach(pair -> assertThat(seen.add(Set.copyOf(pair))).isTrue());
            scores.addAll(page.getList("data.score", Float.class));
            cursor = page.getString("meta.next_cursor");
        } while (cursor != null);

        assertThat(seen).hasSize(12);
        assertThat(scores).isSortedAccordingTo(Comparator.reverseOrder());

        JsonPath third = tenant.call()
                .queryParam("page_size", 5)
                .queryParam("page", 3)
                .get(DUPLICATES)
                .jsonPath();
        assertThat(third.getList("data")).hasSize(2);
        assertThat(third.getInt("meta.total_count")).isEqualTo(12);
    }

    /** Two concurrent comparisons of one tenant would not see each other's keys. */
    @Test
    void concurrentlyCreatedDuplicatesAreFound() {
        Parallel.sendUntilServed(
                40,
                i -> i % 4 == 3
                        ? tenant.request(DUPLICATES).GET().build()
                        : tenant.request(CUSTOMERS)
                                .POST(BodyPublishers.ofString(i % 2 == 0 ? ANA : ANA_DUPLICATE))
                                .build());
        duplicates().body("meta.total_count", equalTo(30 * 29 / 2));
    }

    /** Everybody is listed with some of the others: all pairs of them would be too many to store. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"email\":\"ana@acme.com\"",
                "\"phone\":\"+55 11 98888-7777\"",
                "\"document\":\"529.982.247-25\""
            })
    void eachOfManyWithOneIdentifierIsListed(String identifier) {
        var body = "{\"name\":\"Ana Beatriz Costa\"," + identifier + "}";
        Set<String> created = new HashSet<>();
        for (int i = 0; i < 120; i++) {
            created.add(create(body));
        }

        tenant.awaitCompared();
        var page = tenant.call().queryParam("page_size", 1).get(DUPLICATES).jsonPath();
        var paired = TestDatabase.column(
                "SELECT a FROM duplicate_pair WHERE tenant_id = ? AND score > 0.5"
                        + " UNION SELECT b FROM duplicate_pair WHERE tenant_id = ? AND score > 0.5",
                tenant.name(),
                tenant.name());

        assertThat(paired).containsExactlyInAnyOrderElementsOf(created);
        assertThat(page.getInt("meta.total_count")).isBetween(120, 50 * 49 / 2 + 120 * 9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"email\":\"noreply@acme.com\"",
                "\"email\":\"no@acme.com\"",
                "\"email\":\"Do-Not-Reply@acme.com\"",
                "\"phone\":\"(11) 99999-9999\"",
                "\"document\":\"000.000.000-00\"",
                "\"document\":\"123.456.789-09\""
            })
    void placeholderMakesNoDuplicates(String placeholder) {
        create("{\"name\":\"Maria Silva\"," + placeholder + "}");
        create("{\"name\":\"Maria Silva\"," + placeholder + "}");

        duplicates().body("data", empty());
    }

    @Test
    void newCustomerKeepsStoredPairs() {
        create(ANA);
        create(ANA_DUPLICATE);
        duplicates().body("data", hasSize(1));
        TestDatabase.execute("UPDATE duplicate_pair SET score = 0.95 WHERE tenant_id = ?", tenant.name());

        create(BOB);

        duplicates().body("data.score", contains(0.95f));
    }

    @Test
    void customersOfOtherTenantsAreNotCompared() {
        create(ANA);
        var other = TestTenant.fresh();
        other.create(ANA_DUPLICATE);

        duplicates().body("data", empty());
        other.awaitCompared();
        other.call().get(DUPLICATES).then().body("data", empty());
    }
}
