package io.clientela.database;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clientela.activity.ItemBatches;
import io.clientela.activity.ItemKind;
import io.clientela.activity.ItemOutcome;
import io.clientela.activity.ItemRow;
import io.clientela.http.json.JsonTree;
import io.clientela.support.ApiTest;
import io.clientela.support.NoBackgroundWorkProfile;
import io.clientela.support.Platform;
import io.clientela.support.TestTenant;
import io.clientela.tenancy.Caller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many statements each operation sends, without BEGIN and COMMIT, as the PostgreSQL client counts them. A larger
 * number is a slower operation: change it here only for a reason.
 */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(NoBackgroundWorkProfile.class)
class StatementCountTest extends ApiTest {
    @Inject
    MeterRegistry meters;

    /** Writes a piece of an import, as the import does. */
    @ApplicationScoped
    static class Batch {
        @Inject
        Caller caller;

        @Inject
        ItemBatches items;

        @ActivateRequestContext
        Uni<List<ItemOutcome>> write(String tenant, List<ItemRow> rows) {
            caller.set(tenant, "tester", null, false, null);
            return items.write(ItemKind.ORDERS, rows, Optional.empty(), Function.identity(), problem -> {
                throw problem;
            });
        }
    }

    @Inject
    Batch batch;

    @Inject
    ItemBatches items;

    private final TestTenant tenant = TestTenant.fresh();
    private String customer;

    /** Creates a customer, and has more numbers reserved than a test creates customers. */
    @BeforeEach
    void createCustomer() {
        var ana = "{\"name\":\"Ana\",\"email\":\"ana@example.com\"}";
        customer = CUSTOMERS + "/" + tenant.create(ana).getString("id");
        var unchanged = String.join(",", Collections.nCopies(200, ana));
        tenant.json("{\"customers\":[" + unchanged + "]}")
                .post(CUSTOMERS + "/batch")
                .then()
                .statusCode(200);
    }

    @Test
    void readsSendOneStatement() {
        assertThat(statements(200, () -> tenant.call().get(customer))).isEqualTo(1);
        assertThat(statements(200, () -> tenant.call().get(CUSTOMERS + "?count=none")))
                .isEqualTo(1);
    }

    /** The customer; the snapshot's begin and end, the customer again, the merged ids, and each of the parts. */
    @Test
    void dataExportSendsStatementForEachPart() {
        assertThat(statements(200, () -> tenant.call().get(customer + "/data-export")))
                .isEqualTo(1 + 4 + 16);
    }

    /** The snapshot's begin and end, and the list. */
    @Test
    void exportSendsOneStatement() {
        assertThat(statements(200, () -> tenant.call().get(CUSTOMERS + "/export")))
                .isEqualTo(2 + 1);
    }

    /** A dialect costs no statement more than the service's own API; but it follows merges itself. */
    @Test
    void vokiSendsAsManyStatementsAsOwnApi() {
        var path = "/api/v1/customers";
        var voki = path + customer.substring(CUSTOMERS.length());
        var source = "/" + tenant.createNamed("Bia");

        assertThat(statements(200, () -> tenant.call().get(voki))).isEqualTo(1);
        assertThat(statements(200, () -> tenant.call().get(path))).isEqualTo(1);
        assertThat(statements(201, () -> tenant.json("{\"customer\":{\"name\":\"Bia\"}}")
                        .post(path)))
                .isEqualTo(2);
        assertThat(statements(200, () -> tenant.json("{\"customer\":{\"notes\":\"x\"}}")
                        .put(voki)))
                .isEqualTo(3);
        assertThat(statements(200, () -> merge(path, source)))
                .isEqualTo(statements(200, () -> merge(CUSTOMERS, "/" + tenant.createNamed("Caio"))) - 2);
        assertThat(statements(200, () -> tenant.call().get(path + source)))
                .isEqualTo(statements(
                                307,
                                () -> tenant.call().redirects().follow(false).get(CUSTOMERS + source))
                        + 1);
        assertThat(statements(204, () -> tenant.call().delete(voki)))
                .isEqualTo(
                        statements(204, () -> tenant.call().delete(CUSTOMERS + "/" + tenant.createNamed("Davi"))) - 2);
    }

    @Test
    void aivapadSendsAsManyStatementsAsOwnApi() {
        var path = "/api/external/v1/customers";
        var aivapad = path + customer.substring(CUSTOMERS.length());

        assertThat(statements(200, () -> tenant.call().get(aivapad))).isEqualTo(1);
        assertThat(statements(200, () -> tenant.call().get(path))).isEqualTo(2 + 1);
        assertThat(statements(200, () -> tenant.call().get(path + "?limit=60&offset=1")))
                .isEqualTo(2 + 1);
        assertThat(statements(200, () -> tenant.call().get(path + "?limit=1&offset=1")))
                .isEqualTo(1);
        assertThat(statements(201, () -> tenant.json("{\"name\":\"Bia\",\"email\":\"bia@example.com\"}")
                        .post(path)))
                .isEqualTo(2);
        assertThat(statements(200, () -> tenant.json("{\"notes\":\"x\"}").put(aivapad)))
                .isEqualTo(3);
        assertThat(statements(
                        200, () -> tenant.json("{\"status\":\"inactive\"}").put(aivapad + "/status")))
                .isEqualTo(3);
        assertThat(statements(200, () -> tenant.call().delete(aivapad)))
                .isEqualTo(
                        statements(204, () -> tenant.call().delete(CUSTOMERS + "/" + tenant.createNamed("Davi"))) - 2);
    }

    @Test
    void locationSendsAsManyStatementsAsOwnApi() {
        var path = "/api/location/v1/customers";
        var location = path + customer.substring(CUSTOMERS.length());

        assertThat(statements(200, () -> tenant.call().get(location))).isEqualTo(1);
        assertThat(statements(200, () -> tenant.call().get(path))).isEqualTo(1);
        assertThat(statements(201, () -> tenant.json("{\"name\":\"Bia\"}").post(path)))
                .isEqualTo(2);
        assertThat(statements(200, () -> tenant.json("{\"name\":\"Bia\",\"email\":\"bia@example.com\"}")
                        .post(path + "/upsert")))
                .isEqualTo(4);
        assertThat(statements(200, () -> tenant.json("{\"source\":\"x\"}").put(location)))
                .isEqualTo(3);
        assertThat(statements(200, () -> tenant.call().delete(location)))
                .isEqualTo(
                        statements(204, () -> tenant.call().delete(CUSTOMERS + "/" + tenant.createNamed("Davi"))) - 2);
    }

    /**
     * What Dooki shows beside the customer's own fields costs one statement, and each inclusion one, for all of a page.
     */
    @Test
    void dookiSendsOneStatementMore() {
        var path = "/v2/" + tenant.name() + "/customers";
        for (int i = 0; i < 5; i++) {
            tenant.createNamed("Bia " + i);
        }
        var target = tenant.get(customer.substring(CUSTOMERS.length() + 1)).jsonPath();
        var source = tenant.create("{\"name\":\"Bia\"}");
        merge(CUSTOMERS, "/" + source.getString("id")).then().statusCode(200);
        var dooki = path + "/" + target.getLong("number");

        assertThat(statements(200, () -> tenant.call().get(dooki))).isEqualTo(2);
        assertThat(statements(200, () -> tenant.call().get(path))).isEqualTo(2);
        assertThat(statements(200, () -> tenant.call().get(path + "?limit=2"))).isEqualTo(3);
        assertThat(statements(200, () -> tenant.call().get(path + "?include=addresses,stats,clusters")))
                .isEqualTo(2 + 3);
        assertThat(statements(200, () -> tenant.call().get(dooki + "/addresses")))
                .isEqualTo(2);
        assertThat(statements(200, () -> tenant.call().get(dooki + "/clusters")))
                .isEqualTo(2);
        assertThat(statements(200, () -> tenant.call().get(path + "/" + source.getLong("number"))))
                .isEqualTo(2 + 2);
    }

    /** A change reads the customer first, for the id and the status. */
    @Test
    void storefrontSendsAsManyStatementsAsOwnApi() {
        var path = "/api/customers";
        for (int i = 0; i < 5; i++) {
            tenant.createNamed("Bia " + i);
        }
        var number = tenant.get(customer.substring(CUSTOMERS.length() + 1))
                .jsonPath()
                .getLong("number");
        var storefront = path + "/" + number;

        assertThat(statements(200, () -> tenant.call().get(path))).isEqualTo(1);
        assertThat(statements(200, () -> tenant.call().get(storefront))).isEqualTo(1 + 3);
        assertThat(statements(200, () -> tenant.json("{\"phone\":\"+5511999998888\",\"is_active\":false}")
                        .put(storefront)))
                .isEqualTo(1
                        + statements(200, () -> tenant.json("{\"phone\":\"+5511999997777\",\"status\":\"active\"}")
                                .patch(customer)));
        assertThat(statements(200, () -> tenant.json("{\"role\":\"staff\"}").put(storefront + "/role")))
                .isEqualTo(1 + 3);
        assertThat(statements(200, () -> tenant.call().get(path + "/export"))).isEqualTo(2 + 1);
    }

    private Response merge(String path, String source) {
        return tenant.json("{\"target_id\":\"" + customer.substring(CUSTOMERS.length() + 1) + "\",\"source_ids\":[\""
                        + source.substring(1) + "\"]}")
                .post(path + "/merge");
    }

    /** The first use reads the key and records its use; for a few seconds, a key then costs no statement. */
    @Test
    void readWithKnownApiKeySendsOneStatement() {
        var key = tenant.apiKey("customers:read");

        assertThat(statements(200, () -> TestTenant.call(key).get(customer))).isEqualTo(3);
        assertThat(statements(200, () -> TestTenant.call(key).get(customer))).isEqualTo(1);
    }

    /** The key with its secret, and the events of the key's history and of the feed. */
    @Test
    void createApiKeySendsThreeStatements() {
        assertThat(statements(201, () -> tenant.json("{\"name\":\"Shop\",\"scopes\":[\"customers:read\"]}")
                        .post(TestTenant.API_KEYS)))
                .isEqualTo(3);
    }

    /** The lock, the deletion and the ends of earlier secrets, the new secret, and the two events. */
    @Test
    void rotateApiKeySendsSixStatements() {
        var key = TestTenant.API_KEYS + "/"
                + tenant.createApiKey("\"scopes\":[\"customers:read\"]").getString("id");

        assertThat(statements(200, () -> tenant.json("{}").post(key + "/rotate")))
                .isEqualTo(6);
    }

    /** The lock, the key, its secrets, and the two events. */
    @Test
    void revokeApiKeySendsFiveStatements() {
        var key = TestTenant.API_KEYS + "/"
                + tenant.createApiKey("\"scopes\":[\"customers:read\"]").getString("id");

        assertThat(statements(204, () -> tenant.call().delete(key))).isEqualTo(5);
    }

    /** The customer and the event. */
    @Test
    void createSendsTwoStatements() {
        assertThat(statements(201, () -> tenant.json("{\"name\":\"Bia\",\"email\":\"bia@example.com\"}")
                        .post(CUSTOMERS)))
                .isEqualTo(2);
    }

    /** The lock of the external id and the search for its owner come first. */
    @Test
    void createWithExternalIdSendsFourStatements() {
        assertThat(statements(201, () -> tenant.json("{\"name\":\"Bia\",\"external_id\":\"b\"}")
                        .post(CUSTOMERS)))
                .isEqualTo(4);
    }

    /** The lock of the row, the customer and the event. */
    @Test
    void changesSendThreeStatements() {
        assertThat(statements(200, () -> tenant.json("{\"notes\":\"x\"}").patch(customer)))
                .isEqualTo(3);
        assertThat(statements(
                        200, () -> tenant.json("{\"birthday\":\"1990-01-02\"}").patch(customer)))
                .isEqualTo(3);
        assertThat(statements(
                        200, () -> tenant.json("{\"status\":\"inactive\"}").put(customer + "/status")))
                .isEqualTo(3);
    }

    /** The end of the customer's sessions, and the e-mail to log in with, come with the change. */
    @Test
    void changesOfAccountsSendOneStatementMore() {
        assertThat(statements(200, () -> tenant.json("{\"status\":\"blocked\"}").put(customer + "/status")))
                .isEqualTo(4);
        assertThat(statements(200, () -> tenant.json("{\"email\":\"bia@example.com\"}")
                        .patch(customer)))
                .isEqualTo(5);
    }

    /**
     * A refused login: the counters and the account. A good one takes its count back. A customer's own request: the
     * state of the customer before the operation.
     */
    @Test
    void loginSendsTwoStatementsOrFour() {
        tenant.json("{\"new_password\":\"correct horse battery\"}")
                .put(customer + "/password")
                .then()
                .statusCode(204);

        assertThat(statements(401, () -> logIn("wrong horse battery"))).isEqualTo(2);
        assertThat(statements(201, () -> logIn("correct horse battery"))).isEqualTo(4);
        String token = logIn("correct horse battery").path("access_token");
        assertThat(statements(422, () -> TestTenant.call(token)
                        .contentType("application/json")
                        .body("{}")
                        .put(CUSTOMERS + "/me/password")))
                .isEqualTo(1);
        assertThat(statements(200, () -> TestTenant.call(token).get(CUSTOMERS + "/me")))
                .isEqualTo(2);
    }

    private Response logIn(String password) {
        return given().header("X-Tenant", tenant.name())
                .contentType("application/json")
                .body("{\"email\":\"ana@example.com\",\"password\":\"" + password + "\"}")
                .post("/v1/sessions");
    }

    /** The evidence of the consents, for all customers and preferences together. */
    @Test
    void changesOfPreferencesSendOneStatementMore() {
        var customers =
                "{\"customers\":[{\"name\":\"Bia\",\"external_id\":\"b\",\"preferences\":{\"newsletter\":true}},"
                        + "{\"name\":\"Caio\",\"external_id\":\"c\",\"preferences\":{\"newsletter\":true}}]}";

        assertThat(statements(200, () -> tenant.json("{\"preferences\":{\"newsletter\":true,\"whatsapp\":false}}")
                        .patch(customer)))
                .isEqualTo(4);
        assertThat(statements(200, () -> tenant.json(customers).post(CUSTOMERS + "/batch")))
                .isEqualTo(5);
    }

    @Test
    void changeWithoutEffectSendsOneStatement() {
        assertThat(statements(200, () -> tenant.json("{\"name\":\"Ana\"}").patch(customer)))
                .isEqualTo(1);
    }

    /** The locks of identifiers and customers; then the customer and the event. */
    @Test
    void upsertSendsFourStatements() {
        assertThat(statements(201, () -> tenant.json("{\"name\":\"Bia\",\"email\":\"bia@example.com\"}")
                        .post(CUSTOMERS + "/upsert")))
                .isEqualTo(4);
    }

    @Test
    void batchSendsAsManyStatementsAsOneUpsert() {
        var customers = "{\"customers\":[{\"name\":\"Bia\",\"email\":\"bia@example.com\"},"
                + "{\"name\":\"Caio\",\"email\":\"caio@example.com\"},{\"name\":\"Davi\",\"email\":\"davi@example.com\"}]}";

        assertThat(statements(200, () -> tenant.json(customers).post(CUSTOMERS + "/batch")))
                .isEqualTo(4);
    }

    /** However much there is to erase. */
    @Test
    void erasureSendsSameNumberOfStatements() {
        int ofOne = statements(200, () -> tenant.call().post(customer + "/erasure"));
        createCustomer();
        for (int i = 0; i < 5; i++) {
            tenant.json("{\"notes\":\"x\"}").post(customer + "/calls");
            tenant.json("{\"number\":\"x\",\"total\":1}").post(customer + "/orders");
            tenant.json("{\"line1\":\"x\"}").post(customer + "/addresses");
        }

        assertThat(ofOne).isLessThan(35);
        assertThat(statements(200, () -> tenant.call().post(customer + "/erasure")))
                .isEqualTo(ofOne);
    }

    /** The customer and its merged ids. */
    @Test
    void dryRunOfDeleteSendsTwoStatements() {
        assertThat(statements(200, () -> tenant.call().delete(customer + "?dry_run=true")))
                .isEqualTo(2);
    }

    /** The lock, the customer, the event, and three for what merges stored of the customer; so does a forced one. */
    @Test
    void deleteSendsSixStatements() {
        assertThat(statements(204, () -> tenant.call().delete(customer))).isEqualTo(6);
        createCustomer();
        assertThat(statements(204, () -> tenant.call().delete(customer + "?force=true")))
                .isEqualTo(6);
    }

    /**
     * The locks of the external ids and of the identifiers, the customers' ids, rows and aliases, the items, and the
     * totals without them; the new items or the changed ones, the customers, and the events.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void pieceOfImportedOrdersSendsSameStatementsForAnyNumber(int count) {
        assertThat(imported(count, 1)).containsOnly(ItemOutcome.CREATED);
        assertThat(statementsOf(() -> imported(2 * count, 1))).isEqualTo(10);
        assertThat(statementsOf(() -> imported(count, 2))).isEqualTo(10);
    }

    private int statementsOf(Runnable work) {
        double before = completed();
        work.run();
        return (int) (completed() - before);
    }

    private List<ItemOutcome> imported(int count, int total) {
        var rows = IntStream.range(0, count)
                .mapToObj(i -> JsonNodeFactory.instance
                        .objectNode()
                        .put("customer_email", "ana@example.com")
                        .put("external_id", "O-" + i)
                        .put("total", total))
                .map(row -> items.read(ItemKind.ORDERS, JsonTree.of(row), true))
                .toList();
        try {
            return VertxContextSupport.subscribeAndAwait(() -> batch.write(tenant.name(), rows));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private int statements(int status, Supplier<Response> request) {
        double before = completed();
        request.get().then().statusCode(status);
        return (int) (completed() - before);
    }

    private double completed() {
        return meters.get("postgresql.completed").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
