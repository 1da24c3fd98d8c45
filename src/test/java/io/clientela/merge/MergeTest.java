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

import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Merges over HTTP: the result, the redirects from the sources, and the errors. */
@QuarkusTest
class MergeTest extends MergeApiTest {
    private Response getWithoutFollowing(String path) {
        return tenant.call().redirects().follow(false).get(path);
    }

    @Test
    void mergeFillsTargetFromSource() {
        var target = create(TARGET);
        var source = create(SOURCE);

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
    }

    @Test
    void mergedSourceRedirectsToTarget() {
        var target = create(TARGET);
        var source = create(SOURCE);

        merged(target, source);

        getWithoutFollowing(CUSTOMERS + "/" + source)
                .then()
                .statusCode(307)
                .header("Location", endsWith(CUSTOMERS + "/" + target));
        tenant.get(source).then().statusCode(200).body("id", equalTo(target));
        tenant.call().get(CUSTOMERS).then().body("data.id", contains(target)).body("meta.total_count", equalTo(1));
        tenant.call().queryParam("search", "Ana Costa").get(CUSTOMERS).then().body("data", empty());
        tenant.call().queryParam("external_id", "s").get(CUSTOMERS).then().body("data.id", contains(target));
    }

    @Test
    void writeToMergedSourceReturns409() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        merged(target, source);

        var responses = List.of(
                tenant.json("{\"notes\":\"x\"}").patch(CUSTOMERS + "/" + source),
                tenant.json("{\"status\":\"blocked\"}").put(CUSTOMERS + "/" + source + "/status"),
                tenant.call().delete(CUSTOMERS + "/" + source),
                tenant.json(INBOUND).post(CUSTOMERS + "/" + source + "/calls"),
                tenant.json(body(source, target)).post(MERGE),
                tenant.json(body(tenant.createNamed("U"), source)).post(MERGE));

        assertThat(responses).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.<String>path("code")).isEqualTo("merged");
            assertThat(response.<String>path("merged_into")).isEqualTo(target);
        });
    }

    @Test
    void mergeMovesCallsOrdersAndAddresses() {
        var target = tenant.createNamed("T");
        var source = createWithItems(target);

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
    }

    @Test
    void mergesOfCustomerAreListed() {
        var target = tenant.createNamed("T");
        var source = createWithItems(target);
        merged(target, source);

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

    /** Creates a source with two calls, two orders and an address, and adds a call to the target. */
    private String createWithItems(String target) {
        var source = tenant.createNamed("S");
        add(target, "calls", """
                {"direction":"inbound","started_at":"2026-01-01T10:00:00Z"}""");
        add(source, "calls", """
                {"direction":"inbound","started_at":"2026-02-01T10:00:00Z"}""");
        add(source, "calls", """
                {"direction":"outbound","started_at":"2026-01-15T10:00:00Z"}""");
        add(source, "orders", """
                {"total":10.50,"status":"completed"}""");
        add(source, "orders", """
                {"total":99,"status":"canceled"}""");
        add(source, "addresses", """
                {"line1":"Rua A, 1","city":"São Paulo","country":"BR"}""");
        return source;
    }

    @Test
    void preferredCustomerSetsFieldOfTarget() {
        var target = create(TARGET);
        var source = create(SOURCE);

        mergePreferring(Map.of("phone", source, "external_id", source), target, source)
                .statusCode(200)
                .body("phone", equalTo("+55 11 97777-6666"))
                .body("external_id", equalTo("s"));
    }

    @Test
    void differentCustomersPreferredForOneNameReturn422() {
        var target = create("{\"name\":\"Ana Lima\"}");
        var source = create("{\"name\":\"Bruno Costa\"}");

        mergePreferring(Map.of("first_name", source, "last_name", target), target, source)
                .statusCode(422)
                .body("errors.field", containsInAnyOrder("/prefer/first_name", "/prefer/last_name"))
                .body("errors.code", contains("conflict", "conflict"));
    }

    @Test
    void nameKeepsItsOwnParts() {
        var target = tenant.createNamed("Ana");
        var source = tenant.createNamed("Bruno Costa");

        merge(target, source)
                .statusCode(200)
                .body("name", equalTo("Ana"))
                .body("first_name", equalTo("Ana"))
                .body("last_name", nullValue());
    }

    @Test
    void repeatedSourcesAndTargetReturn422() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");

        merge(target, source, target, source)
                .statusCode(422)
                .body("errors.field", contains("/source_ids/1", "/source_ids/2"));

        tenant.get(source).then().body("version", equalTo(1));
    }

    @Test
    void unknownCustomersReturn422() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        var ofOtherTenant = TestTenant.fresh().createNamed("X");
        var unknown = UUID.randomUUID().toString();

        merge(target, source, unknown, ofOtherTenant)
                .statusCode(422)
                .body("errors.field", contains("/source_ids/1", "/source_ids/2"))
                .body("errors.code", contains("not_found", "not_found"));
        merge(unknown, source).statusCode(422).body("errors.field", contains("/target_id"));

        tenant.get(source).then().body("version", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 51})
    void invalidNumberOfSourcesReturns422(int count) {
        var target = tenant.createNamed("T");
        var sources = IntStream.range(0, count)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toArray(String[]::new);

        merge(target, sources).statusCode(422).body("errors.field", contains("/source_ids"));
    }

    /** The fields are unknown, not single-valued, preferred for an unknown customer, and blank. */
    @ParameterizedTest
    @ValueSource(strings = {"shoe_size", "tags", "email", "phone"})
    void invalidPreferenceReturns422(String field) {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        var preferred = field.equals("phone") ? source : UUID.randomUUID().toString();

        mergePreferring(Map.of(field, preferred), target, source)
                .statusCode(422)
                .body("errors.field", contains("/prefer/" + field));

        tenant.get(source).then().body("version", equalTo(1));
    }

    @Test
    void mergeOfAnonymisedCustomerReturns409() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        TestDatabase.execute("UPDATE customer SET anonymized = true WHERE id = ?::uuid", source);

        merge(target, source)
                .statusCode(409)
                .body("code", equalTo("customer_anonymized"))
                .body("customer_ids", contains(source));
    }

    /** Each customer is within the limits, both together are not. */
    @ParameterizedTest
    @CsvSource({"too_many_tags", "too_many_attributes", "attributes_too_long"})
    void mergeOverLimitReturns409(String reason) {
        var target = create(nearLimit(reason, "t"));
        var source = create(nearLimit(reason, "s"));

        merge(target, source)
                .statusCode(409)
                .body("code", equalTo("merge_refused"))
                .body("blocking.customer_id", contains(target))
                .body("blocking.reason", contains(reason));
        tenant.json(body(target, source))
                .queryParam("dry_run", true)
                .post(MERGE)
                .then()
                .statusCode(200)
                .body("blocking.customer_id", contains(target))
                .body("blocking.reason", contains(reason));

        tenant.get(source).then().body("version", equalTo(1));
    }

    private static String nearLimit(String reason, String prefix) {
        int count = reason.equals("attributes_too_long") ? 1 : 26;
        var value = reason.equals("attributes_too_long") ? "x".repeat(9_000) : "x";
        var names = IntStream.range(0, count).mapToObj(i -> prefix + i);
        return reason.equals("too_many_tags")
                ? names.collect(Collectors.joining("\",\"", "{\"name\":\"N\",\"tags\":[\"", "\"]}"))
                : names.map(name -> "\"" + name + "\":\"" + value + "\"")
                        .collect(Collectors.joining(",", "{\"name\":\"N\",\"attributes\":{", "}}"));
    }

    @Test
    void mergeAtLimitOfTagsSucceeds() {
        var tags = IntStream.range(0, 50).mapToObj(i -> "t" + i).collect(Collectors.joining("\",\"", "[\"", "\"]"));
        var target = create("{\"name\":\"T\",\"tags\":" + tags + "}");
        var source = create("{\"name\":\"S\",\"tags\":" + tags + "}");

        merge(target, source).statusCode(200).body("tags", hasSize(50));
    }

    @Test
    void chainedMergesRedirectToLastTarget() {
        var ids =
                IntStream.range(0, 4).mapToObj(i -> tenant.createNamed("N" + i)).toList();
        var last = ids.get(3);

        for (int i = 0; i < 3; i++) {
            merged(ids.get(i + 1), ids.get(i));
        }

        for (var id : ids.subList(0, 3)) {
            getWithoutFollowing(CUSTOMERS + "/" + id + "?include=stats")
                    .then()
                    .statusCode(307)
                    .header("Location", endsWith(CUSTOMERS + "/" + last + "?include=stats"));
            tenant.json("{}").patch(CUSTOMERS + "/" + id).then().body("merged_into", equalTo(last));
        }
    }

    @Test
    void sourceOfDeletedTargetReturns404() {
        var ids =
                IntStream.range(0, 4).mapToObj(i -> tenant.createNamed("N" + i)).toList();
        for (int i = 0; i < 3; i++) {
            merged(ids.get(i + 1), ids.get(i));
        }

        tenant.call().delete(CUSTOMERS + "/" + ids.get(3)).then().statusCode(204);

        tenant.get(ids.get(0)).then().statusCode(404);
    }

    @Test
    void mergeIsRecordedInHistoryOfTarget() {
        var target = create(TARGET);
        var source = create(SOURCE);

        merged(target, source);

        var ofTarget = historyOf(target);
        assertThat(ofTarget.<String>getList("data.type")).containsExactly("customer.merged", "customer.created");
        assertThat(ofTarget.<Integer>getList("data.version")).containsExactly(2, 1);
        assertThat(ofTarget.getString("data[0].changes.email.to")).isEqualTo("ana@example.com");
        assertThat(ofTarget.<String>getList("data[0].details.source_ids")).containsExactly(source);
    }

    @Test
    void repeatedIdempotencyKeyMergesOnce() {
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
}
