package io.clientela.activity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters and their members. */
@QuarkusTest
class ClusterTest extends ApiTest {
    private static final String CLUSTERS = "/v1/clusters";

    private final TestTenant tenant = TestTenant.fresh();

    private String create(String name) {
        return tenant.json("{\"name\":\"" + name + "\"}")
                .post(CLUSTERS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String inCluster(String name, String cluster) {
        return tenant.create("{\"name\":\"" + name + "\",\"cluster_id\":\"" + cluster + "\"}")
                .getString("id");
    }

    private void join(String cluster, String customer) {
        tenant.call()
                .put(CLUSTERS + "/" + cluster + "/customers/" + customer)
                .then()
                .statusCode(204);
    }

    private List<String> namesIn(String cluster) {
        return tenant.call()
                .get(CUSTOMERS + "?cluster_id=" + cluster)
                .jsonPath()
                .getList("data.name");
    }

    private List<String> typesOf(String customer) {
        return tenant.call()
                .get(CUSTOMERS + "/" + customer + "/history")
                .jsonPath()
                .getList("data.type");
    }

    @Test
    void clustersAreCreatedChangedAndDeleted() {
        var added = tenant.json("{\"name\":\" Wholesale \",\"description\":\"Buys by the pallet\"}")
                .post(CLUSTERS)
                .then()
                .statusCode(201)
                .body("name", equalTo("Wholesale"))
                .extract();
        var path = added.header("Location");

        assertThat(added.jsonPath().getMap("").keySet())
                .containsExactly("id", "name", "description", "created_at", "updated_at");
        assertThat(tenant.call().get(path).then().statusCode(200).extract().asString())
                .isEqualTo(added.asString());
        tenant.json("{\"description\":null}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("name", equalTo("Wholesale"))
                .body("description", nullValue());
        tenant.json("{\"name\":\"WHOLESALE\"}").put(path).then().statusCode(200).body("name", equalTo("WHOLESALE"));
        tenant.json("{\"name\":null}").patch(path).then().statusCode(422).body("errors[0].field", equalTo("/name"));

        tenant.call().delete(path).then().statusCode(204);
        tenant.call().get(path).then().statusCode(404);
        tenant.call().delete(path).then().statusCode(404);
        tenant.json("{\"name\":\"x\"}").patch(path).then().statusCode(404);
    }

    @Test
    void duplicateClusterNameReturns409() {
        var id = create("Ação");
        tenant.json("{\"name\":\"AÇÃO\"}")
                .post(CLUSTERS)
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_cluster"))
                .body("cluster_id", equalTo(id));

        var other = create("Other");
        tenant.json("{\"name\":\"ação\"}").patch(CLUSTERS + "/" + other).then().statusCode(409);

        tenant.json("{\"name\":\"AÇÃO\"}").patch(CLUSTERS + "/" + id).then().statusCode(200);
        TestTenant.fresh().json("{\"name\":\"Ação\"}").post(CLUSTERS).then().statusCode(201);
    }

    @Test
    void concurrentCreatesWithSameNameLeaveOne() {
        var responses = Parallel.sendUntilServed(12, i -> tenant.request(CLUSTERS)
                .POST(BodyPublishers.ofString("{\"name\":\"" + (i % 2 == 0 ? "new" : "NEW") + "\"}"))
                .build());

        assertThat(responses)
                .extracting(HttpResponse::statusCode)
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                       | /name | required
            {"name":"  "}            | /name | blank
            {"name":7}               | /name | invalid_type
            {"name":"x","color":"y"} | /color | unknown_field
            """)
    void createWithInvalidFieldReturns422(String body, String field, String code) {
        tenant.json(body)
                .post(CLUSTERS)
                .then()
                .statusCode(422)
                .body("errors.field", hasItem(field))
                .body("errors.code", hasItem(code));
    }

    @Test
    void clustersAreListedByName() {
        for (String name : List.of("delta", "Ábaco", "charlie", "Bravo")) {
            create(name);
        }

        var first = tenant.call()
                .get(CLUSTERS + "?page_size=2")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(first.<String>getList("data.name")).containsExactly("Ábaco", "Bravo");
        assertThat(first.getInt("meta.total_count")).isEqualTo(4);
        tenant.call()
                .get(CLUSTERS + "?page_size=2&cursor=" + first.getString("meta.next_cursor"))
                .then()
                .body("data.name", equalTo(List.of("charlie", "delta")))
                .body("meta.next_cursor", nullValue());
        tenant.call().get(CLUSTERS + "?cursor=x").then().statusCode(400);
    }

    @Test
    void clusterFilterFindsEachCustomerOnce() {
        var cluster = create("A");
        var other = create("B");
        inCluster("Main", cluster);
        join(cluster, inCluster("Both", cluster));
        join(cluster, inCluster("Member", other));
        inCluster("Neither", other);
        tenant.createNamed("None");

        assertThat(namesIn(cluster)).containsExactly("Both", "Main", "Member");
        tenant.call()
                .get(CUSTOMERS + "?page_size=1&page=2&cluster_id=" + cluster)
                .then()
                .body("meta.total_count", equalTo(3));
        assertThat(namesIn(other)).containsExactly("Member", "Neither");
    }

    @Test
    void unknownMainClusterReturns422() {
        var otherTenant = TestTenant.fresh();
        String foreign = otherTenant.json("{\"name\":\"x\"}").post(CLUSTERS).path("id");
        var id = tenant.createNamed("Jane");

        for (String cluster : List.of(foreign, "01a206b1-07c5-75e2-9203-3557b63c9ad8")) {
            var body = "{\"name\":\"Joe\",\"cluster_id\":\"" + cluster + "\"}";
            for (var response :
                    List.of(tenant.json(body).post(CUSTOMERS), tenant.json(body).patch(CUSTOMERS + "/" + id))) {
                response.then()
                        .statusCode(422)
                        .body("errors[0].field", equalTo("/cluster_id"))
                        .body("errors[0].code", equalTo("not_found"));
            }
        }
        tenant.get(id).then().body("version", equalTo(1));

        var cluster = create("A");
        tenant.patch(id, "{\"cluster_id\":\"" + cluster + "\"}");
        tenant.get(id).then().body("cluster_id", equalTo(cluster));
    }

    @Test
    void joinAndLeaveAreIdempotentAndRecorded() {
        var cluster = create("A");
        var customer = tenant.createNamed("Jane");
        join(cluster, customer);
        join(cluster, customer);

        assertThat(typesOf(customer)).containsExactly("cluster.joined", "customer.created");

        for (int i = 0; i < 2; i++) {
            tenant.call()
                    .delete(CLUSTERS + "/" + cluster + "/customers/" + customer)
                    .then()
                    .statusCode(204);
        }
        tenant.call()
                .get(CUSTOMERS + "/" + customer + "/history")
                .then()
                .body("data.type", equalTo(List.of("cluster.left", "cluster.joined", "customer.created")))
                .body("data[0].details.cluster_id", equalTo(cluster))
                .body("data[0].version", equalTo(3));

        var unknownId = "/01a206b1-07c5-75e2-9203-3557b63c9ad8";
        tenant.call()
                .put(CLUSTERS + unknownId + "/customers/" + customer)
                .then()
                .statusCode(404);
        tenant.call()
                .delete(CLUSTERS + unknownId + "/customers/" + customer)
                .then()
                .statusCode(404);
        tenant.call()
                .put(CLUSTERS + "/" + cluster + "/customers" + unknownId)
                .then()
                .statusCode(404);
        tenant.call()
                .delete(CLUSTERS + "/" + cluster + "/customers" + unknownId)
                .then()
                .statusCode(404);
    }

    @Test
    void leavingMainClusterClearsIt() {
        var cluster = create("A");
        var customer = inCluster("Jane", cluster);
        tenant.call()
                .delete(CLUSTERS + "/" + cluster + "/customers/" + customer)
                .then()
                .statusCode(204);

        tenant.get(customer).then().body("cluster_id", nullValue()).body("version", equalTo(2));
        tenant.call()
                .get(CUSTOMERS + "/" + customer + "/history")
                .then()
                .body("data[0].type", equalTo("cluster.left"))
                .body("data[0].changes.cluster_id.from", equalTo(cluster));
        assertThat(namesIn(cluster)).isEmpty();
    }

    @Test
    void deletedClusterIsRemovedFromCustomers() {
        var cluster = create("A");
        var other = create("B");
        var main = inCluster("Main", cluster);
        var member = inCluster("Member", other);
        join(cluster, member);
        var outside = inCluster("Outside", other);
        tenant.call().delete(CLUSTERS + "/" + cluster).then().statusCode(204);

        tenant.get(main).then().header("ETag", "\"2\"").body("cluster_id", nullValue());
        tenant.get(member).then().body("cluster_id", equalTo(other)).body("version", equalTo(3));
        tenant.get(outside).then().body("cluster_id", equalTo(other)).body("version", equalTo(1));
        tenant.call()
                .get(CUSTOMERS + "/" + main + "/history")
                .then()
                .body("data[0].type", equalTo("cluster.left"))
                .body("data[0].actor", equalTo("tester"))
                .body("data[0].version", equalTo(2))
                .body("data[0].at", equalTo(tenant.get(main).path("updated_at")))
                .body("data[0].details.cluster_id", equalTo(cluster))
                .body("data[0].changes.cluster_id.from", equalTo(cluster))
                .body("data[0].changes.cluster_id.to", nullValue());
        tenant.call()
                .get(CUSTOMERS + "/" + member + "/history")
                .then()
                .body("data[0].type", equalTo("cluster.left"))
                .body("data[0].changes.size()", equalTo(0));
        assertThat(typesOf(outside)).containsExactly("customer.created");

        tenant.patch(main, "{\"notes\":\"still works\"}");
    }

    @Test
    void deleteWithoutTokenSubjectIsRecorded() {
        var cluster = create("A");
        var customer = inCluster("Jane", cluster);
        var token = TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:write");
        });
        TestTenant.call(token).delete(CLUSTERS + "/" + cluster).then().statusCode(204);

        tenant.call()
                .get(CUSTOMERS + "/" + customer + "/history")
                .then()
                .body("data[0].type", equalTo("cluster.left"))
                .body("data[0].actor", nullValue());
    }

    /** The delete waits for a member, and meanwhile another customer joins. */
    @Test
    void deleteRecordsWhoJoinsMeanwhile() throws InterruptedException, ExecutionException {
        var cluster = create("A");
        var member = inCluster("Member", cluster);
        var newMember = tenant.createNamed("New member");
        var newMain = tenant.createNamed("New main");
        var delete = new AtomicReference<Future<HttpResponse<Void>>>();

        TestDatabase.whileLocked(member, () -> {
            delete.set(HttpClient.newHttpClient()
                    .sendAsync(tenant.request(CLUSTERS + "/" + cluster).DELETE().build(), BodyHandlers.discarding()));
            TestDatabase.awaitBlockedSessions(1);
            join(cluster, newMember);
            tenant.patch(newMain, "{\"cluster_id\":\"" + cluster + "\"}");
        });

        assertThat(delete.get().get().statusCode()).isEqualTo(204);
        assertThat(typesOf(member)).containsExactly("cluster.left", "customer.created");
        assertThat(typesOf(newMember)).containsExactly("cluster.left", "cluster.joined", "customer.created");
        assertThat(typesOf(newMain)).containsExactly("cluster.left", "customer.updated", "customer.created");
        tenant.get(newMain).then().body("cluster_id", nullValue());
    }

    @Test
    void concurrentJoinsPrecedeDeleteOrReturn404() {
        for (int round = 0; round < 6; round++) {
            var cluster = create("Round " + round);
            List<String> customers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                customers.add(tenant.createNamed("C" + i));
            }
            var responses = Parallel.sendUntilServed(
                    17,
                    i -> i == 16
                            ? tenant.request(CLUSTERS + "/" + cluster).DELETE().build()
                            : tenant.request(CLUSTERS + "/" + cluster + "/customers/" + customers.get(i))
                                    .PUT(BodyPublishers.noBody())
                                    .build());

            assertThat(responses.get(16).statusCode()).isEqualTo(204);
            for (int i = 0; i < 16; i++) {
                int status = responses.get(i).statusCode();
                assertThat(status).isIn(204, 404);
                assertThat(typesOf(customers.get(i)))
                        .isEqualTo(
                                status == 204
                                        ? List.of("cluster.left", "cluster.joined", "customer.created")
                                        : List.of("customer.created"));
            }
        }
    }

    @Test
    void concurrentJoinsAndDeleteLeaveNoMembers() {
        for (int round = 0; round < 4; round++) {
            var cluster = create("Round " + round);
            List<String> customers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                customers.add(i % 3 == 0 ? inCluster("In " + i, cluster) : tenant.createNamed("Out " + i));
            }
            var responses = Parallel.send(13, i -> {
                if (i == 6) {
                    return tenant.request(CLUSTERS + "/" + cluster).DELETE().build();
                }
                var customer = customers.get(i % 12);
                return i % 2 == 0
                        ? tenant.request(CLUSTERS + "/" + cluster + "/customers/" + customer)
                                .PUT(BodyPublishers.noBody())
                                .build()
                        : tenant.request(CUSTOMERS + "/" + customer)
                                .method(
                                        "PATCH",
                                        BodyPublishers.ofString("{\"cluster_id\":\"" + cluster + "\",\"notes\":\"x\"}"))
                                .build();
            });
            assertThat(responses.stream().map(HttpResponse::statusCode).toList())
                    .isSubsetOf(Set.of(200, 204, 404, 422, 503));
            responses.stream().filter(response -> response.statusCode() == 503).forEach(response -> assertThat(
                            response.headers().firstValue("Retry-After"))
                    .isPresent());
            tenant.call().delete(CLUSTERS + "/" + cluster);
            assertThat(tenant.call().get(CLUSTERS + "/" + cluster).statusCode()).isEqualTo(404);
            assertThat(namesIn(cluster)).isEmpty();
        }
    }
}
