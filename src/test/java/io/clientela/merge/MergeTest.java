package io.clientela.merge;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Customers who are one: merged, previewed, and taken apart again. */
@QuarkusTest
class MergeTest extends ApiTest {
    private static final String MERGE = CUSTOMERS + "/merge";
    private static final String TARGET = """
            {"name":"Ana","external_id":"t","phone":"+55 11 98888-7777","tags":["a"],"attributes":{"x":1},
             "preferences":{"newsletter":true}}""";
    private static final String SOURCE = """
            {"name":"Ana Costa","external_id":"s","email":"ana@example.com","phone":"+55 11 97777-6666",
             "document":"529.982.247-25","tags":["b"],"attributes":{"x":2,"y":2},"status":"blocked",
             "preferences":{"newsletter":false,"whatsapp":true}}""";

    private final TestTenant tenant = TestTenant.fresh();

    static String body(String target, String... sources) {
        var ids = Arrays.stream(sources).map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        return "{\"target_id\":\"" + target + "\",\"source_ids\":[" + ids + "]}";
    }

    private ValidatableResponse merge(String target, String... sources) {
        return tenant.json(body(target, sources)).post(MERGE).then();
    }

    private JsonPath merged(String target, String... sources) {
        return merge(target, sources).statusCode(200).extract().jsonPath();
    }

    private ValidatableResponse undo(String mergeId) {
        return tenant.call().post("/v1/merges/" + mergeId + "/undo").then();
    }

    private String add(String id, String what, String item) {
        return tenant.json(item)
                .post(CUSTOMERS + "/" + id + "/" + what)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private JsonPath history(String id) {
        return tenant.call().get(CUSTOMERS + "/" + id + "/history").jsonPath();
    }

    private Response getWithoutFollowing(String path) {
        return tenant.call().redirects().follow(false).get(path);
    }

    @Test
    void theTargetTakesInItsSourcesAndTheSourcesLeadToIt() {
        var target = tenant.create(TARGET).getString("id");
        var source = tenant.create(SOURCE).getString("id");
        merge(target, source)
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("id", equalTo(target))
                .body("merged_count", equalTo(1))
                .body("merge_id", notNullValue())
                .body("name", equalTo("Ana"))
                .body("external_id", equalTo("t"))
                .body("phone", equalTo("+55 11 98888-7777"))
                .body("email", equalTo("ana@example.com"))
                .body("document_type", equalTo("cpf"))
                .body("document_valid", equalTo(true))
                .body("tags", contains("a", "b"))
                .body("attributes", equalTo(Map.of("x", 1, "y", 2)))
                .body("status", equalTo("blocked"))
                .body("preferences.newsletter", equalTo(false))
                .body("preferences.whatsapp", equalTo(true));
        getWithoutFollowing(CUSTOMERS + "/" + source)
                .then()
                .statusCode(307)
                .header("Location", endsWith(CUSTOMERS + "/" + target));
        tenant.get(source).then().statusCode(200).body("id", equalTo(target));
        tenant.call().get(CUSTOMERS).then().body("data.id", contains(target)).body("meta.total_count", equalTo(1));
        tenant.call().queryParam("search", "Ana Costa").get(CUSTOMERS).then().body("data", empty());
        tenant.call().queryParam("external_id", "s").get(CUSTOMERS).then().body("data", empty());
    }

    @Test
    void aWriteToASourceIsToldWhoItIsNow() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        merged(target, source);
        var answers = List.of(
                tenant.json("{\"notes\":\"x\"}").patch(CUSTOMERS + "/" + source),
                tenant.json("{\"status\":\"blocked\"}").put(CUSTOMERS + "/" + source + "/status"),
                tenant.call().delete(CUSTOMERS + "/" + source),
                tenant.json("{\"direction\":\"inbound\"}").post(CUSTOMERS + "/" + source + "/calls"),
                tenant.json(body(source, target)).post(MERGE),
                tenant.json(body(tenant.createNamed("U"), source)).post(MERGE));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.<String>path("code")).isEqualTo("merged");
            assertThat(answer.<String>path("merged_into")).isEqualTo(target);
        });
    }

    @Test
    void whatHangsOffASourceMovesAndCountsFollow() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        add(target, "calls", "{\"direction\":\"inbound\",\"started_at\":\"2026-01-01T10:00:00Z\"}");
        add(source, "calls", "{\"direction\":\"inbound\",\"started_at\":\"2026-02-01T10:00:00Z\"}");
        add(source, "calls", "{\"direction\":\"outbound\",\"started_at\":\"2026-01-15T10:00:00Z\"}");
        add(source, "orders", "{\"total\":10.50,\"status\":\"completed\"}");
        add(source, "orders", "{\"total\":99,\"status\":\"canceled\"}");
        add(source, "addresses", "{\"line1\":\"Rua A, 1\",\"city\":\"São Paulo\",\"country\":\"BR\"}");
        merge(target, source)
                .statusCode(200)
                .body("call_count", equalTo(3))
                .body("last_call_at", equalTo("2026-02-01T10:00:00Z"));
        tenant.call()
                .get(CUSTOMERS + "/" + source + "/calls")
                .then()
                .statusCode(200)
                .body("data", hasSize(3));
        tenant.call()
                .queryParam("include", "stats,orders,addresses")
                .get(CUSTOMERS + "/" + target)
                .then()
                .body("stats.total_orders", equalTo(2))
                .body("stats.total_spent", equalTo(10.5f))
                .body("orders", hasSize(2))
                .body("addresses", hasSize(1))
                .body("addresses[0].is_default", equalTo(true));
        tenant.call()
                .get(CUSTOMERS + "/" + target + "/merges")
                .then()
                .body("data", hasSize(1))
                .body("data[0].source_ids", contains(source))
                .body("data[0].merged_by", equalTo("tester"))
                .body("data[0].undone_at", nullValue())
                .body("data[0].moved.calls", equalTo(2))
                .body("data[0].moved.orders", equalTo(2))
                .body("data[0].moved.addresses", equalTo(1));
    }

    @Test
    void aPreviewSaysWhatAMergeWouldDoAndDoesNothing() {
        var target = tenant.create(TARGET).getString("id");
        var source = tenant.create(SOURCE).getString("id");
        add(source, "calls", "{\"direction\":\"inbound\",\"started_at\":\"2026-02-01T10:00:00Z\"}");
        var preview = tenant.json(body(target, source))
                .queryParam("dry_run", true)
                .post(MERGE)
                .then()
                .statusCode(200)
                .body("blocking", empty())
                .body("moved.calls", equalTo(1))
                .body(
                        "conflicts.field",
                        containsInAnyOrder(
                                "external_id", "name", "phone", "attributes.x", "status", "preferences.newsletter"))
                .body("conflicts.find { it.field == 'phone' }.kept", equalTo("+55 11 98888-7777"))
                .body("conflicts.find { it.field == 'phone' }.candidates.customer_id", contains(target, source))
                .extract()
                .jsonPath();
        tenant.get(source).then().statusCode(200).body("version", equalTo(2));
        tenant.get(target).then().body("version", equalTo(1));
        var real = merged(target, source);
        for (var field :
                List.of("name", "email", "document_valid", "tags", "attributes", "preferences", "call_count")) {
            assertThat(preview.<Object>get("customer." + field)).as(field).isEqualTo(real.get(field));
        }
    }

    @Test
    void whoIsPreferredGivesTheField() {
        var target = tenant.create(TARGET).getString("id");
        var source = tenant.create(SOURCE).getString("id");
        var with = body(target, source)
                .replace("}", ",\"prefer\":{\"phone\":\"" + source + "\",\"external_id\":\"" + source + "\"}}");
        tenant.json(with)
                .post(MERGE)
                .then()
                .statusCode(200)
                .body("phone", equalTo("+55 11 97777-6666"))
                .body("external_id", equalTo("s"));
    }

    @Test
    void everythingWrongWithAMergeIsNamed() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        var stranger = TestTenant.fresh().createNamed("X");
        var unknown = UUID.randomUUID().toString();
        merge(target, source, target, source)
                .statusCode(422)
                .body("errors.field", contains("/source_ids/1", "/source_ids/2"));
        merge(target, source, unknown, stranger)
                .statusCode(422)
                .body("errors.field", contains("/source_ids/1", "/source_ids/2"))
                .body("errors.code", contains("not_found", "not_found"));
        merge(unknown, source).statusCode(422).body("errors.field", contains("/target_id"));
        merge(target).statusCode(422).body("errors.field", contains("/source_ids"));
        merge(
                        target,
                        IntStream.range(0, 51)
                                .mapToObj(i -> UUID.randomUUID().toString())
                                .toArray(String[]::new))
                .statusCode(422)
                .body("errors.field", contains("/source_ids"));
        Stream.of("shoe_size", "tags", "email", "phone").forEach(field -> tenant.json(body(target, source)
                        .replace(
                                "}",
                                ",\"prefer\":{\"" + field + "\":\"" + (field.equals("phone") ? source : unknown)
                                        + "\"}}"))
                .post(MERGE)
                .then()
                .statusCode(422)
                .body("errors.field", contains("/prefer/" + field)));
        tenant.get(source).then().body("version", equalTo(1));
    }

    @Test
    void anAnonymisedCustomerIsNotMerged() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        TestDatabase.execute("UPDATE customer SET anonymized = true WHERE id = ?::uuid", source);
        merge(target, source)
                .statusCode(409)
                .body("code", equalTo("merge_refused"))
                .body("blocking[0].customer_id", equalTo(source));
        tenant.json(body(target, source))
                .queryParam("dry_run", true)
                .post(MERGE)
                .then()
                .statusCode(200)
                .body("blocking[0].reason", equalTo("anonymized"));
    }

    @Test
    void chainsOfMergesLeadToTheLast() {
        var ids =
                IntStream.range(0, 4).mapToObj(i -> tenant.createNamed("N" + i)).toList();
        for (int i = 0; i < 3; i++) {
            merged(ids.get(i + 1), ids.get(i));
        }
        for (int i = 0; i < 3; i++) {
            getWithoutFollowing(CUSTOMERS + "/" + ids.get(i) + "?include=stats")
                    .then()
                    .statusCode(307)
                    .header("Location", endsWith(CUSTOMERS + "/" + ids.get(3) + "?include=stats"));
            tenant.json("{}").patch(CUSTOMERS + "/" + ids.get(i)).then().body("merged_into", equalTo(ids.get(3)));
        }
        tenant.call().delete(CUSTOMERS + "/" + ids.get(3)).then().statusCode(204);
        tenant.get(ids.get(0)).then().statusCode(404);
    }

    @Test
    void anUndoRestoresEverythingAsItWas() {
        var cluster = tenant.json("{\"name\":\"Gold\"}")
                .post("/v1/clusters")
                .jsonPath()
                .getString("id");
        var target = tenant.create(TARGET).getString("id");
        var source = tenant.create(SOURCE.replace("{\"name\"", "{\"cluster_id\":\"" + cluster + "\",\"name\""))
                .getString("id");
        var call = add(source, "calls", "{\"direction\":\"inbound\",\"external_id\":\"c1\"}");
        add(source, "orders", "{\"total\":10.50,\"status\":\"completed\"}");
        add(source, "addresses", "{\"line1\":\"Rua A, 1\"}");
        add(target, "addresses", "{\"line1\":\"Rua T, 1\"}");
        var include = "?include=addresses,stats,clusters,calls,orders";
        var targetBefore =
                tenant.call().get(CUSTOMERS + "/" + target + include).jsonPath().getMap("");
        var sourceBefore =
                tenant.call().get(CUSTOMERS + "/" + source + include).jsonPath().getMap("");

        undo(merged(target, source).getString("merge_id"))
                .statusCode(200)
                .body("undone_by", equalTo("tester"))
                .body("undone_at", notNullValue());

        var targetAfter =
                tenant.call().get(CUSTOMERS + "/" + target + include).jsonPath().getMap("");
        var sourceAfter =
                tenant.call().get(CUSTOMERS + "/" + source + include).jsonPath().getMap("");
        Stream.of("version", "updated_at")
                .forEach(field -> List.of(targetBefore, sourceBefore, targetAfter, sourceAfter)
                        .forEach(customer -> customer.remove(field)));
        Stream.of(targetBefore, sourceBefore, targetAfter, sourceAfter)
                .flatMap(customer -> ((List<?>) customer.get("addresses")).stream())
                .forEach(address -> ((Map<?, ?>) address).remove("updated_at"));
        assertThat(targetAfter).isEqualTo(targetBefore);
        assertThat(sourceAfter).isEqualTo(sourceBefore);
        tenant.call().get(CUSTOMERS + "/" + source + "/calls/" + call).then().statusCode(200);
        tenant.patch(source, "{\"notes\":\"alive\"}");
    }

    /** A column that is added to customers later must come back with them, too. */
    @Test
    void everyColumnOfACustomerComesBack() {
        var target = tenant.createNamed("T");
        var source = tenant.create(SOURCE).getString("id");
        var row = "SELECT to_jsonb(c) - 'version' - 'updated_at' FROM customer c WHERE id = ?::uuid";
        var before = TestDatabase.column(row, source);
        undo(merged(target, source).getString("merge_id")).statusCode(200);
        assertThat(TestDatabase.column(row, source)).isEqualTo(before);
    }

    @Test
    void anUndoLeavesWhatWasEditedSince() {
        var target = tenant.create(TARGET).getString("id");
        var source = tenant.create(SOURCE).getString("id");
        var merge = merged(target, source).getString("merge_id");
        tenant.patch(
                target, "{\"email\":\"edited@example.com\",\"attributes\":{\"z\":3},\"tags\":[\"a\",\"b\",\"c\"]}");
        var call = add(target, "calls", "{\"direction\":\"inbound\"}");
        undo(merge).statusCode(200);
        tenant.get(target)
                .then()
                .body("email", equalTo("edited@example.com"))
                .body("document", nullValue())
                .body("status", equalTo("active"))
                .body("attributes", equalTo(Map.of("x", 1, "z", 3)))
                .body("tags", contains("a", "c"))
                .body("call_count", equalTo(1));
        tenant.get(source).then().body("email", equalTo("ana@example.com")).body("call_count", equalTo(0));
        tenant.call().get(CUSTOMERS + "/" + target + "/calls/" + call).then().statusCode(200);
    }

    @Test
    void mergesOnTopAreUndoneFirst() {
        var a = tenant.create("{\"name\":\"A\",\"email\":\"a@example.com\"}").getString("id");
        var b = tenant.create("{\"name\":\"B\",\"phone\":\"+5511988887777\"}").getString("id");
        var c = tenant.createNamed("C");
        var d = tenant.createNamed("D");
        add(a, "calls", "{\"direction\":\"inbound\"}");
        add(b, "calls", "{\"direction\":\"inbound\"}");
        var intoB = merged(b, a).getString("merge_id");
        var intoC = merged(c, b).getString("merge_id");
        var more = merged(c, d).getString("merge_id");
        undo(intoB).statusCode(409).body("code", equalTo("undo_refused")).body("blocking_merge_ids", contains(intoC));
        undo(intoC).statusCode(409).body("blocking_merge_ids", contains(more));
        undo(more).statusCode(200);
        undo(intoC).statusCode(200);
        tenant.get(c)
                .then()
                .body("call_count", equalTo(0))
                .body("email", nullValue())
                .body("phone", nullValue());
        tenant.get(b).then().body("call_count", equalTo(2)).body("email", equalTo("a@example.com"));
        undo(intoB).statusCode(200);
        tenant.get(b).then().body("call_count", equalTo(1)).body("email", nullValue());
        tenant.get(a).then().body("call_count", equalTo(1)).body("email", equalTo("a@example.com"));
        undo(intoB).statusCode(409).body("reason", equalTo("undone"));
        undo(UUID.randomUUID().toString()).statusCode(404);
    }

    @Test
    void anUndoIsRefusedWhereItWouldTakeSomethingFromSomebody() {
        var target = tenant.createNamed("T");
        var source = tenant.create("{\"name\":\"S\",\"external_id\":\"s\"}").getString("id");
        var merge = merged(target, source).getString("merge_id");
        tenant.patch(target, "{\"external_id\":\"other\"}");
        var owner = tenant.create("{\"name\":\"H\",\"external_id\":\"s\"}").getString("id");
        undo(merge).statusCode(409).body("reason", equalTo("external_id_taken"));
        tenant.call().delete(CUSTOMERS + "/" + owner);
        var other = tenant.create("{\"name\":\"O\",\"external_id\":\"o\"}").getString("id");
        var replaced = tenant.json(body(target, other).replace("}", ",\"prefer\":{\"external_id\":\"" + other + "\"}}"))
                .post(MERGE)
                .then()
                .statusCode(200)
                .body("external_id", equalTo("o"))
                .extract()
                .<String>path("merge_id");
        var taker =
                tenant.create("{\"name\":\"Taker\",\"external_id\":\"other\"}").getString("id");
        undo(replaced).statusCode(409).body("reason", equalTo("external_id_taken"));
        tenant.call().delete(CUSTOMERS + "/" + taker);
        undo(replaced).statusCode(200);
        tenant.get(target).then().body("external_id", equalTo("other"));
        TestDatabase.execute("UPDATE customer SET anonymized = true WHERE id = ?::uuid", target);
        undo(merge).statusCode(409).body("reason", equalTo("anonymized"));
        TestDatabase.execute("UPDATE customer SET anonymized = false WHERE id = ?::uuid", target);
        undo(merge).statusCode(200);
        var again = merged(target, source).getString("merge_id");
        tenant.call().delete(CUSTOMERS + "/" + target).then().statusCode(204);
        undo(again).statusCode(409).body("reason", equalTo("target_deleted"));
    }

    @Test
    void bothSidesOfAMergeAndOfItsUndoAreInTheHistory() {
        var target = tenant.create(TARGET).getString("id");
        var source = tenant.create(SOURCE).getString("id");
        var merge = merged(target, source).getString("merge_id");
        undo(merge);
        var ofTarget = history(target);
        assertThat(ofTarget.<String>getList("data.type"))
                .containsExactly("customer.merge_undone", "customer.merged", "customer.created");
        assertThat(ofTarget.getString("data[1].changes.email.to")).isEqualTo("ana@example.com");
        assertThat(ofTarget.getString("data[0].changes.email.from")).isEqualTo("ana@example.com");
        assertThat(ofTarget.<String>getList("data[1].details.source_ids")).containsExactly(source);
        assertThat(ofTarget.<Integer>getList("data.version")).containsExactly(3, 2, 1);
        var ofSource = history(source);
        assertThat(ofSource.<String>getList("data.type"))
                .containsExactly("customer.merge_undone", "customer.merged", "customer.created");
        assertThat(ofSource.<Integer>getList("data.version")).containsExactly(3, 2, 1);
        assertThat(ofSource.getString("data[1].details.merged_into")).isEqualTo(target);
        assertThat(ofSource.getString("data[0].details.merge_id")).isEqualTo(merge);
        assertThat(ofSource.getMap("data[0].changes")).isEmpty();
    }

    @Test
    void anIdempotencyKeyMergesOnce() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        var merges = IntStream.range(0, 2)
                .mapToObj(i -> tenant.json(body(target, source))
                        .header("Idempotency-Key", "m")
                        .post(MERGE)
                        .then()
                        .statusCode(200)
                        .extract()
                        .<String>path("merge_id"))
                .distinct();
        assertThat(merges).hasSize(1);
    }

    /** Everybody into everybody: one is left, and nobody's call is lost. */
    @Test
    void mergesThatCrossLeaveOneAndLoseNothing() {
        var ids =
                IntStream.range(0, 6).mapToObj(i -> tenant.createNamed("N" + i)).toList();
        ids.forEach(id -> add(id, "calls", "{\"direction\":\"inbound\"}"));
        for (int round = 0; round < 6; round++) {
            int shift = round;
            var answers = Parallel.sendUntilServed(30, i -> tenant.request(MERGE)
                    .POST(BodyPublishers.ofString(body(ids.get((i + shift) % 6), ids.get((i + shift + 1 + i / 6) % 6))))
                    .build());
            assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 409, 422);
        }
        var left = tenant.call().get(CUSTOMERS).jsonPath();
        assertThat(left.getInt("meta.total_count")).isEqualTo(1);
        assertThat(left.getInt("data[0].call_count")).isEqualTo(6);
        ids.forEach(id -> tenant.get(id).then().statusCode(200).body("id", equalTo(left.getString("data[0].id"))));
    }
}
