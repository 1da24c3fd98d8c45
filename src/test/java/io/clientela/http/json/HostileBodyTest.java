package io.clientela.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestDialects;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of up to 1 MiB that once cost far more than their length. */
@QuarkusTest
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HostileBodyTest extends ApiTest {
    private static final int MIB = 1 << 20;
    private static final int MAX_ERRORS = 50;

    /** Bodies by what is hostile about them. A batch and a merge get them too, where they are unknown members. */
    private static final Map<String, String> BODIES = new TreeMap<>(Map.ofEntries(
            Map.entry("phone of spaces", field("phone", "1" + " ".repeat(900_000) + "!")),
            Map.entry("name of marks", field("name", "a" + "\u0301\u0316".repeat(240_000))),
            Map.entry("notes of runs of marks", field("notes", ("a" + "\u0301\u0316".repeat(15)).repeat(15_000))),
            Map.entry("long e-mail", field("email", "a".repeat(900_000) + "@example.com")),
            Map.entry("long document", field("document", "9.".repeat(450_000))),
            Map.entry("long avatar", field("avatar", "https://example.com/" + "%41".repeat(300_000))),
            Map.entry("empty tags", "{\"name\":\"J\",\"tags\":[" + items(340_000, i -> "\"\"") + "]}"),
            Map.entry(
                    "tags and unknown members",
                    "{" + items(60, i -> "\"u" + i + "\":0") + ",\"tags\":[" + items(240_000, i -> "\"t\"") + "]}"),
            Map.entry("unknown members", "{" + items(80_000, i -> "\"u" + i + "\":0") + "}"),
            Map.entry("long member name", "{\"" + "n".repeat(1_000_000) + "\":0}"),
            Map.entry("many digits", "{\"value\":" + "9".repeat(1_000_000) + "}"),
            Map.entry("large exponent", "{\"value\":1e2147483647,\"total\":1e2147483647,\"duration_seconds\":1e99999}"),
            Map.entry("larger exponent", "{\"name\":\"J\",\"attributes\":{\"a\":1e9999999999}}"),
            Map.entry("deep arrays", "{\"attributes\":{\"a\":" + "[".repeat(500_000) + "]".repeat(500_000) + "}}"),
            Map.entry("values deep down", deepValues()),
            Map.entry(
                    "many small values",
                    "{\"attributes\":{\"a\":[" + items(999, i -> "[" + items(500, j -> "1") + "]") + "]}}"),
            Map.entry("names with one hash", "{" + equalHashes(15) + "}"),
            Map.entry(
                    "long attributes",
                    "{\"attributes\":{" + items(50, i -> "\"k" + i + "\":\"" + "x".repeat(20_000) + "\"") + "}}"),
            Map.entry(
                    "ids",
                    "{\"source_ids\":[" + items(300_000, i -> "0") + "],\"customers\":[" + items(100_000, i -> "0")
                            + "]}"),
            Map.entry("preferred fields", "{\"prefer\":{" + items(60_000, i -> "\"p" + i + "\":\"x\"") + "}}")));

    private final TestTenant tenant = TestTenant.fresh();

    static Stream<String> operations() {
        return Stream.of(
                "POST /v1/customers",
                "PATCH /v1/customers/{id}",
                "PUT /v1/customers/{id}/status",
                "POST /v1/customers/upsert",
                "POST /v1/customers/batch",
                "POST /v1/customers/merge",
                "POST /v1/customers/{id}/addresses",
                "POST /v1/customers/{id}/calls",
                "POST /v1/customers/{id}/orders",
                "POST /v1/clusters",
                "POST /v1/duplicates/dismiss");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void hostileBodyGetsShortRefusal(String operation) {
        var id = tenant.createNamed("Jane");
        var target = operation.replace("{id}", id).split(" ");

        BODIES.forEach((name, body) -> {
            var response = send(target[0], target[1], body);

            assertThat(response.statusCode()).as(name).isIn(400, 422);
            assertThat(response.body().length()).as(name).isLessThan(64_000);
            assertThat(JsonPath.from(response.body()).getList("errors"))
                    .as(name)
                    .hasSizeLessThanOrEqualTo(MAX_ERRORS);
        });
    }

    static Stream<String> operationsOfDialects() {
        return Stream.concat(
                TestDialects.creating().stream()
                        .map(name -> TestDialects.BASE_PATHS.get(name) + "/customers")
                        .flatMap(path -> Stream.of("POST " + path, "PUT " + path + "/{id}")),
                Stream.of("PUT " + TestDialects.BASE_PATHS.get("storefront") + "/{number}"));
    }

    @ParameterizedTest
    @MethodSource("operationsOfDialects")
    void hostileBodyOfDialectGetsShortRefusal(String operation) {
        var customer = tenant.create("{\"name\":\"Jane\"}");
        var target = operation
                .replace("{id}", customer.getString("id"))
                .replace("{number}", customer.getString("number"))
                .split(" ");

        BODIES.forEach((name, body) -> {
            for (String sent : List.of(body, "{\"customer\":" + body + "}")) {
                var response = send(target[0], target[1], sent);

                assertThat(response.statusCode()).as(name).isIn(400, 413, 422);
                assertThat(response.body().length()).as(name).isLessThan(64_000);
            }
        });
    }

    @Test
    void batchOfUnknownFieldsListsFewErrors() {
        var unknown = "{" + items(150, i -> "\"" + (char) ('a' + i % 26) + i + "\":0") + "}";
        var body = "{\"customers\":[" + items(600, i -> unknown) + "]}";

        var response = send("POST", "/v1/customers/batch", body);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().length()).isLessThan(MIB);
        var errors = JsonPath.from(response.body()).<List<?>>getList("data.problem.errors");
        assertThat(errors).hasSize(600).allSatisfy(item -> assertThat(item).isNotEmpty());
    }

    @Test
    void batchElementThatIsTooLargeHarmsNoOther() {
        var body = "{\"customers\":[{\"external_id\":\"a\",\"name\":\"Ana\"},{\"external_id\":\"b\",\"name\":\""
                + "x".repeat(30_000) + "\"},{\"external_id\":\"c\",\"name\":\"Eva\\u0000\"},\"" + "x".repeat(30_000)
                + "\"]}";

        var response = send("POST", "/v1/customers/batch", body);

        var result = JsonPath.from(response.body());
        assertThat(result.getList("data.status")).containsExactly(201, 422, 422, 422);
        assertThat(result.getString("data[1].problem.errors[0].field")).isEqualTo("/name");
        assertThat(result.getString("data[2].problem.errors[0].code")).isEqualTo("invalid_text");
    }

    @Test
    void deepAttributesCanBeMergedAndUndone() {
        var target = tenant.createNamed("Ana");
        var deep = "[".repeat(60) + "]".repeat(60);
        var source = tenant.create("{\"name\":\"Ana\",\"attributes\":{\"deep\":" + deep + "}}")
                .getString("id");

        var merge = tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post("/v1/customers/merge");
        var undo = tenant.call().post("/v1/merges/" + merge.jsonPath().getString("merge_id") + "/undo");

        assertThat(merge.statusCode()).isEqualTo(200);
        assertThat(undo.statusCode()).isEqualTo(200);
        assertThat(tenant.get(source).body().asString()).contains("\"deep\":" + deep);
    }

    @Test
    void batchOfLongCustomersGetsBoundedResult() {
        var notes = "n".repeat(10_000);
        var attributes = "{\"a\":\"" + "a".repeat(16_000) + "\"}";
        for (int first = 0; first < 400; first += 40) {
            int from = first;
            var customers = items(
                    40,
                    i -> "{\"external_id\":\"c" + (from + i) + "\",\"name\":\"J\",\"notes\":\"" + notes
                            + "\",\"attributes\":" + attributes + "}");
            send("POST", "/v1/customers/batch", "{\"customers\":[" + customers + "]}");
        }
        var batch =
                "{\"customers\":[" + items(400, i -> "{\"external_id\":\"c" + i + "\",\"do_not_update\":true}") + "]}";

        var response = send("POST", "/v1/customers/batch", batch);

        assertThat(response.body().length()).isLessThan(5 * MIB);
        var result = JsonPath.from(response.body());
        assertThat(result.getList("data.outcome")).hasSize(400).containsOnly("unchanged");
        assertThat(result.getList("data.customer.id")).hasSize(400).doesNotContainNull();
        assertThat(result.getString("data[0].customer.notes")).isEqualTo(notes);
        assertThat(result.getMap("data[399].customer")).containsOnlyKeys("id", "number", "external_id", "version");
    }

    @Test
    void includedCallsOfManyCustomersAreBounded() {
        var ids = IntStream.range(0, 60)
                .mapToObj(i -> tenant.createNamed("C" + i))
                .toList();
        ids.forEach(id -> TestDatabase.execute(
                "INSERT INTO customer_call (tenant_id, id, customer_id, origin_id, direction, started_at, notes,"
                        + " created_at, updated_at) SELECT ?, gen_random_uuid(), ?::uuid, ?::uuid, 'inbound',"
                        + " now() - n * interval '1 hour', repeat('n', 10000), now(), now()"
                        + " FROM generate_series(1, 20) AS n",
                tenant.name(),
                id,
                id));

        var page =
                tenant.call().get("/v1/customers?page_size=200&include=calls").asString();
        var one = tenant.call().get("/v1/customers/" + ids.get(0) + "?include=calls");

        assertThat(page.length()).isLessThan(4 * MIB);
        var calls = JsonPath.from(page).<List<?>>getList("data.calls");
        assertThat(calls).hasSize(60).allSatisfy(list -> assertThat(list).isNotEmpty());
        assertThat(one.jsonPath().getList("calls")).hasSize(20);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes.length).isLessThanOrEqualTo(MIB);
        return Parallel.send(1, i -> tenant.request(path)
                        .method(method, BodyPublishers.ofByteArray(bytes))
                        .build())
                .get(0);
    }

    private static String field(String name, String value) {
        return "{\"" + name + "\":\"" + value + "\"}";
    }

    private static String items(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }

    /** A value behind a long pointer costs no more than one behind a short pointer. */
    private static String deepValues() {
        var open = IntStream.range(0, 60)
                .mapToObj(i -> "{\"" + "n".repeat(250) + "\":")
                .collect(Collectors.joining());
        return "{\"attributes\":" + open + "[" + items(999, i -> "[" + items(90, j -> "\"\\u0000\"") + "]") + "]"
                + "}".repeat(60) + "}";
    }

    /** Java's hash of {@code Aa} is that of {@code BB}. */
    private static String equalHashes(int pairs) {
        return IntStream.range(0, 1 << pairs)
                .mapToObj(i -> IntStream.range(0, pairs)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .limit(25_000)
                .map(name -> "\"" + name + "\":0")
                .collect(Collectors.joining(","));
    }
}
