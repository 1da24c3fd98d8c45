package io.clientela.merge;

import static io.clientela.support.TestTenant.CUSTOMERS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;

/** Fixtures and requests that the tests of merges share. */
abstract class MergeApiTest extends ApiTest {
    static final String MERGE = CUSTOMERS + "/merge";
    static final String INBOUND = """
            {"direction":"inbound"}""";
    static final String TARGET = """
            {"name":"Ana","external_id":"t","phone":"+55 11 98888-7777","tags":["a"],"attributes":{"x":1},
             "preferences":{"newsletter":true}}""";
    static final String SOURCE = """
            {"name":"Ana Costa","external_id":"s","email":"ana@example.com","phone":"+55 11 97777-6666",
             "document":"529.982.247-25","tags":["b"],"attributes":{"x":2,"y":2},"status":"blocked",
             "preferences":{"newsletter":false,"whatsapp":true}}""";

    final TestTenant tenant = TestTenant.fresh();

    static String body(String target, String... sources) {
        return body(target, List.of(sources), Map.of());
    }

    static String body(String target, List<String> sources, Map<String, String> prefer) {
        var body = JsonNodeFactory.instance.objectNode().put("target_id", target);
        sources.forEach(body.putArray("source_ids")::add);
        if (!prefer.isEmpty()) {
            prefer.forEach(body.putObject("prefer")::put);
        }
        return body.toString();
    }

    ValidatableResponse merge(String target, String... sources) {
        return tenant.json(body(target, sources)).post(MERGE).then();
    }

    ValidatableResponse mergePreferring(Map<String, String> prefer, String target, String source) {
        return tenant.json(body(target, List.of(source), prefer)).post(MERGE).then();
    }

    /** Merges, which must succeed, and returns the id of the merge. */
    String merged(String target, String... sources) {
        return merge(target, sources).statusCode(200).extract().path("merge_id");
    }

    ValidatableResponse undo(String mergeId) {
        return tenant.call().post("/v1/merges/" + mergeId + "/undo").then();
    }

    String create(String body) {
        return tenant.create(body).getString("id");
    }

    /** Adds an item to one of the customer's collections, such as {@code calls}, and returns its id. */
    String add(String id, String collection, String item) {
        return tenant.json(item)
                .post(CUSTOMERS + "/" + id + "/" + collection)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    JsonPath historyOf(String id) {
        return tenant.call().get(CUSTOMERS + "/" + id + "/history").jsonPath();
    }
}
