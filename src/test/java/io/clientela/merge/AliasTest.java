package io.clientela.merge;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The identifiers of merged customers lead to the customer that they are part of. */
@QuarkusTest
class AliasTest extends MergeApiTest {
    /** A target with an identifier of each kind, so that the source's become aliases only. */
    private static final String COMPLETE_TARGET = """
            {"name":"Ana","external_id":"t","email":"t@example.com","phone":"+55 11 98888-7777",
             "document":"111.444.777-35"}""";

    private static final String IDENTIFIERS = """
            external_id | s
            email       | ANA@example.com
            phone       | (11) 97777-6666
            document    | 52998224725
            """;

    private ValidatableResponse upsert(String body) {
        return tenant.json(body).post(CUSTOMERS + "/upsert").then();
    }

    private static String with(String field, String value) {
        return "{\"name\":\"Ana\",\"notes\":\"seen\",\"" + field + "\":\"" + value + "\"}";
    }

    private int count() {
        return tenant.call().get(CUSTOMERS).path("meta.total_count");
    }

    private List<String> found(String field, String value) {
        return tenant.call().queryParam(field, value).get(CUSTOMERS).path("data.id");
    }

    private static String location(String tenant, String location) {
        return TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant);
            claims.setStringClaim("location", location);
            claims.setStringClaim("scope", "customers:read customers:write");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = IDENTIFIERS)
    void upsertByAliasUpdatesSurvivor(String field, String value) {
        var target = create(COMPLETE_TARGET);
        merged(target, create(SOURCE));

        upsert(with(field, value))
                .statusCode(200)
                .body("outcome", equalTo("updated"))
                .body("matched_on", contains(field))
                .body("customer.id", equalTo(target))
                .body("customer.notes", equalTo("seen"))
                .body("customer.external_id", equalTo("t"))
                .body("customer.email", equalTo("t@example.com"))
                .body("customer.phone", equalTo("+55 11 98888-7777"))
                .body("customer.document", equalTo("111.444.777-35"));

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void upsertByAllAliasesKeepsOwnIdentifiers() {
        var target = create(COMPLETE_TARGET);
        merged(target, create(SOURCE));

        for (int i = 0; i < 2; i++) {
            upsert("""
                    {"name":"Ana","external_id":"s","email":"ana@example.com","phone":"+5511977776666",
                     "document":"529.982.247-25","document_type":"other"}""")
                    .statusCode(200)
                    .body("outcome", equalTo("unchanged"))
                    .body("customer.version", equalTo(2))
                    .body("customer.document_type", equalTo("cpf"));
        }
    }

    @Test
    void upsertByAliasWritesNewIdentifier() {
        var target = create(COMPLETE_TARGET);
        merged(target, create(SOURCE));

        upsert("""
                {"external_id":"s","email":"new@example.com"}""")
                .statusCode(200)
                .body("customer.external_id", equalTo("t"))
                .body("customer.email", equalTo("new@example.com"));
    }

    @Test
    void batchByAliasesUpdatesSurvivor() {
        var target = create(COMPLETE_TARGET);
        merged(target, create(SOURCE));

        tenant.json("""
                {"customers":[{"external_id":"s","name":"Ana"},{"email":"ana@example.com","notes":"2"},
                              {"phone":"+5511977776666","notes":"3"},{"external_id":"s","notes":"4"}]}""")
                .post(CUSTOMERS + "/batch")
                .then()
                .statusCode(200)
                .body("data.status", contains(200, 200, 200, 200))
                .body("data.customer.id", contains(target, target, target, target));

        tenant.get(target).then().body("notes", equalTo("4")).body("external_id", equalTo("t"));
        assertThat(count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = IDENTIFIERS)
    void uniqueCreateWithAliasReturns409(String field, String value) {
        var target = create(COMPLETE_TARGET);
        merged(target, create(SOURCE));

        tenant.json(with(field, value))
                .queryParam("on_duplicate", "reject")
                .post(CUSTOMERS)
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_customer"))
                .body("customer_ids", contains(target));
    }

    @Test
    void externalIdOfMergedCustomerIsTaken() {
        var target = create(COMPLETE_TARGET);
        merged(target, create(SOURCE));
        var other = tenant.createNamed("Other");

        tenant.json(with("external_id", "s"))
                .post(CUSTOMERS)
                .then()
                .statusCode(409)
                .body("customer_ids", contains(target));
        tenant.json("{\"external_id\":\"s\"}")
                .patch(CUSTOMERS + "/" + other)
                .then()
                .statusCode(409)
                .body("customer_ids", contains(target));
        tenant.patch(target, "{\"external_id\":\"s\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = IDENTIFIERS)
    void listFiltersFindSurvivorByAlias(String field, String value) {
        var target = create(COMPLETE_TARGET);
        merged(target, create(SOURCE));

        assertThat(found(field, value)).containsExactly(target);
        tenant.call()
                .queryParam(field, value)
                .queryParam("status", "active")
                .get(CUSTOMERS)
                .then()
                .body("data", empty());
    }

    @Test
    void replacedIdentifierOfTargetLeadsToIt() {
        var target = create(COMPLETE_TARGET);
        var source = create(SOURCE);
        mergePreferring(Map.of("external_id", source), target, source).statusCode(200);

        upsert("{\"external_id\":\"t\",\"notes\":\"seen\"}")
                .statusCode(200)
                .body("customer.id", equalTo(target))
                .body("customer.external_id", equalTo("s"));
    }

    @Test
    void undoTakesAliasesAway() {
        var target = create(COMPLETE_TARGET);
        var source = create(SOURCE);
        undo(merged(target, source)).statusCode(200);

        assertThat(found("external_id", "s")).containsExactly(source);
        assertThat(found("email", "ana@example.com")).containsExactly(source);
        upsert("{\"external_id\":\"s\",\"notes\":\"x\"}")
                .statusCode(200)
                .body("customer.id", equalTo(source))
                .body("customer.external_id", equalTo("s"));
    }

    @Test
    void aliasesFollowChainOfMerges() {
        var a = create("{\"name\":\"A\",\"external_id\":\"a\",\"email\":\"a@example.com\"}");
        var b = create("{\"name\":\"B\",\"external_id\":\"b\",\"email\":\"b@example.com\"}");
        var c = create("{\"name\":\"C\",\"external_id\":\"c\",\"email\":\"c@example.com\"}");
        var intoB = merged(b, a);
        var intoC = merged(c, b);

        for (var alias : List.of("a", "b")) {
            upsert("{\"external_id\":\"" + alias + "\",\"notes\":\"" + alias + "\"}")
                    .body("customer.id", equalTo(c))
                    .body("customer.external_id", equalTo("c"));
            assertThat(found("email", alias + "@example.com")).containsExactly(c);
        }

        undo(intoC).statusCode(200);
        assertThat(found("external_id", "a")).containsExactly(b);
        assertThat(found("external_id", "b")).containsExactly(b);
        assertThat(found("external_id", "c")).containsExactly(c);

        undo(intoB).statusCode(200);
        assertThat(found("external_id", "a")).containsExactly(a);
        assertThat(aliases()).isEmpty();
    }

    @Test
    void undoOfOneMergeKeepsAliasesOfOther() {
        var target = create(COMPLETE_TARGET);
        merged(target, create("{\"name\":\"A\",\"external_id\":\"a\",\"phone\":\"+5511977776666\"}"));
        var merge = merged(target, create(SOURCE));

        undo(merge).statusCode(200);

        assertThat(found("external_id", "a")).containsExactly(target);
        assertThat(found("phone", "+5511977776666")).contains(target).hasSize(2);
    }

    @Test
    void deleteOfSurvivorDeletesItsAliases() {
        var target = create(COMPLETE_TARGET);
        merged(target, create(SOURCE));

        tenant.call().delete(CUSTOMERS + "/" + target).then().statusCode(204);

        assertThat(aliases()).isEmpty();
        upsert(with("external_id", "s")).statusCode(201);
    }

    @Test
    void aliasOfOtherLocationIsHidden() {
        var target =
                create("{\"name\":\"Ana\",\"location_id\":\"l2\",\"external_id\":\"t\",\"email\":\"t@example.com\"}");
        merged(target, create(SOURCE));
        var token = location(tenant.name(), "l1");

        TestTenant.call(token)
                .queryParam("external_id", "s")
                .get(CUSTOMERS)
                .then()
                .statusCode(200)
                .body("data", empty());
        TestTenant.call(token)
                .contentType(ContentType.JSON)
                .body(with("email", "ana@example.com"))
                .post(CUSTOMERS + "/upsert")
                .then()
                .statusCode(201)
                .body("customer.location_id", equalTo("l1"));
        TestTenant.call(token)
                .contentType(ContentType.JSON)
                .body(with("external_id", "s"))
                .post(CUSTOMERS + "/upsert")
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_customer"))
                .body("customer_ids", empty());
    }

    /** A CRM that knows nothing of the merges goes on sending the sources' external ids. */
    @Test
    void concurrentUpsertsByAliasCreateNobody() {
        var a = create("{\"name\":\"A\",\"external_id\":\"a\",\"email\":\"a@example.com\"}");
        var b = create("{\"name\":\"B\",\"external_id\":\"b\"}");
        var c = create("{\"name\":\"C\",\"external_id\":\"c\"}");
        var intoB = merged(b, a);

        for (int round = 0; round < 6; round++) {
            var intoC = new String[1];
            var responses = Parallel.sendUntilServed(9, i -> {
                var notes = "\"notes\":\"" + i + "\"}";
                return switch (i % 3) {
                    case 0 ->
                        i == 0
                                ? tenant.request(MERGE)
                                        .POST(BodyPublishers.ofString(body(c, b)))
                                        .build()
                                : tenant.request(CUSTOMERS + "/upsert")
                                        .POST(BodyPublishers.ofString("{\"external_id\":\"b\"," + notes))
                                        .build();
                    case 1 ->
                        tenant.request(CUSTOMERS + "/upsert")
                                .POST(BodyPublishers.ofString("{\"name\":\"New\",\"external_id\":\"a\"," + notes))
                                .build();
                    default ->
                        tenant.request(CUSTOMERS + "/upsert")
                                .POST(BodyPublishers.ofString("{\"name\":\"New\",\"email\":\"a@example.com\"," + notes))
                                .build();
                };
            });
            assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200);
            intoC[0] = tenant.call().get(CUSTOMERS + "/" + c + "/merges").path("data[0].id");

            var undone = Parallel.sendUntilServed(
                    9,
                    i -> i == 0
                            ? tenant.request("/v1/merges/" + intoC[0] + "/undo")
                                    .POST(BodyPublishers.noBody())
                                    .build()
                            : tenant.request(CUSTOMERS + "/upsert")
                                    .POST(BodyPublishers.ofString(
                                            "{\"name\":\"New\",\"external_id\":\"a\",\"notes\":\"" + i + "\"}"))
                                    .build());
            assertThat(undone).extracting(HttpResponse::statusCode).containsOnly(200);
            assertThat(count()).isEqualTo(2);
            assertThat(found("external_id", "a")).containsExactly(b);
        }
        undo(intoB).statusCode(200);
        tenant.get(a).then().body("external_id", equalTo("a"));
    }

    /** Runs the migration's statement again on merges without aliases. */
    @Test
    void migrationAddsAliasesOfEarlierMerges() throws IOException {
        var a = create("{\"name\":\"A\",\"external_id\":\"a\"}");
        var b = create(SOURCE);
        var c = create(COMPLETE_TARGET);
        merged(b, a);
        merged(c, b);
        var before = aliases();
        TestDatabase.execute("DELETE FROM customer_alias WHERE tenant_id = ?", tenant.name());

        TestDatabase.execute(backfill());

        assertThat(before).hasSize(5);
        assertThat(aliases()).isEqualTo(before);
    }

    @Test
    void migrationLeavesExternalIdOfAnotherCustomer() throws IOException {
        var target = create(COMPLETE_TARGET);
        merged(target, create(SOURCE));
        TestDatabase.execute("DELETE FROM customer_alias WHERE tenant_id = ?", tenant.name());
        var owner = create("{\"name\":\"Owner\",\"external_id\":\"s\"}");

        TestDatabase.execute(backfill());

        assertThat(found("external_id", "s")).containsExactly(owner);
        assertThat(aliases()).hasSize(3).noneMatch(alias -> alias.startsWith("external_id"));
    }

    private List<String> aliases() {
        return TestDatabase.column(
                "SELECT kind || ' ' || key || ' ' || customer_id || ' ' || merge_id FROM customer_alias"
                        + " WHERE tenant_id = ? ORDER BY 1",
                tenant.name());
    }

    private static String backfill() throws IOException {
        try (var migration = AliasTest.class.getResourceAsStream("/db/migration/V15__customer_alias.sql")) {
            var sql = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
            return sql.substring(sql.indexOf("INSERT INTO"));
        }
    }
}
