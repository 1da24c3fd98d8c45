package io.clientela.consent;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Consents over HTTP: what stores one, and how they are read. */
@QuarkusTest
class ConsentTest extends ApiTest {
    private static final String ME = CUSTOMERS + "/me";
    private static final String ROWS =
            "SELECT concat_ws(' ', customer_id, customer_version, preference, granted, at, actor,"
                    + " source, request_id) FROM customer_consent WHERE tenant_id = ? ORDER BY 1";

    private final TestTenant tenant = TestTenant.fresh();

    private String customer(String preferences) {
        return tenant.create("{\"name\":\"Jane\",\"preferences\":" + preferences + "}")
                .getString("id");
    }

    private JsonPath consents(String id) {
        return tenant.call()
                .get(CUSTOMERS + "/" + id + "/consents")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Returns the consents, newest first, as version, preference, value, source, and whether it is the current one. */
    private List<String> summary(String id) {
        return consents(id)
                .getList("data.collect { it.version + ' ' + it.preference + ' ' + it.granted + ' ' + it.source"
                        + " + (it.current ? ' current' : '') }");
    }

    private RequestSpecification self(String id) {
        return TestTenant.call(TestTokens.of(tenant.name(), id, "customers:self"));
    }

    private String merge(String target, String source) {
        return tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .extract()
                .path("merge_id");
    }

    @Test
    void createStoresConsentWithActorAndTime() {
        var created = tenant.create("{\"name\":\"Jane\",\"preferences\":{\"newsletter\":true}}");

        var consents = consents(created.getString("id"));

        assertThat(consents.getList("data")).hasSize(1);
        assertThat(consents.getString("data[0].preference")).isEqualTo("newsletter");
        assertThat(consents.getBoolean("data[0].granted")).isTrue();
        assertThat(consents.getBoolean("data[0].current")).isTrue();
        assertThat(consents.getString("data[0].at")).isEqualTo(created.getString("updated_at"));
        assertThat(consents.getString("data[0].actor")).isEqualTo("tester");
        assertThat(consents.getString("data[0].source")).isEqualTo("api");
        assertThat(consents.getString("data[0].customer_id")).isEqualTo(created.getString("id"));
        assertThat(consents.getInt("data[0].version")).isEqualTo(1);
    }

    @Test
    void patchStoresOnlyChangedConsents() {
        var id = customer("{\"newsletter\":true,\"whatsapp\":false}");

        tenant.patch(id, "{\"preferences\":{\"newsletter\":false,\"whatsapp\":false,\"promotions\":true}}");
        tenant.patch(id, "{\"name\":\"Jane Smith\"}");

        assertThat(summary(id))
                .containsExactly(
                        "2 promotions true api current",
                        "2 newsletter false api current",
                        "1 whatsapp false api current",
                        "1 newsletter true api");
    }

    @Test
    void clearedPreferencesAreUnknown() {
        var id = customer("{\"newsletter\":true,\"whatsapp\":false}");

        tenant.patch(id, "{\"preferences\":{\"whatsapp\":null}}");
        tenant.patch(id, "{\"preferences\":null}");

        assertThat(summary(id).subList(0, 2))
                .containsExactly("3 newsletter null api current", "2 whatsapp null api current");
    }

    @Test
    void customerWithoutPreferencesHasNoConsents() {
        var id = tenant.createNamed("Jane");
        tenant.patch(id, "{\"preferences\":{\"newsletter\":null}}");

        assertThat(summary(id)).isEmpty();
    }

    @Test
    void ownChangesAreSelfService() {
        var id = customer("{\"newsletter\":true}");
        var body = "{\"preferences\":{\"promotions\":true}}";

        self(id).contentType("application/json").body("{\"newsletter\":false}").put(ME + "/preferences");
        self(id).contentType("application/json").body("{\"whatsapp\":true}").patch(ME + "/preferences");
        self(id).contentType("application/json").body(body).patch(ME).then().statusCode(200);

        assertThat(summary(id))
                .containsExactly(
                        "4 promotions true self_service current",
                        "3 whatsapp true self_service current",
                        "2 newsletter false self_service current",
                        "1 newsletter true api");
        assertThat(consents(id).getList("data.actor")).containsExactly(id, id, id, "tester");
    }

    /** The business is one party to the customer; which of its people acted is not the customer's to know. */
    @Test
    void ownConsentsHideActorsOfBusiness() {
        var id = customer("{\"newsletter\":true}");
        self(id).contentType("application/json").body("{\"newsletter\":false}").put(ME + "/preferences");

        self(id).get(ME + "/consents")
                .then()
                .statusCode(200)
                .body("data.granted", equalTo(List.of(false, true)))
                .body("data.source", equalTo(List.of("self_service", "api")))
                .body("data[0].actor", equalTo(id))
                .body("data[1].actor", nullValue())
                .body("meta.total_count", equalTo(2));
    }

    @Test
    void upsertsStoreConsents() {
        var upsert = "{\"name\":\"Jane\",\"external_id\":\"j\",\"preferences\":{\"newsletter\":%s}}";
        var id = tenant.json(upsert.formatted(true))
                .post(CUSTOMERS + "/upsert")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("customer.id");
        tenant.json(upsert.formatted(false)).post(CUSTOMERS + "/upsert").then().statusCode(200);

        assertThat(summary(id)).containsExactly("2 newsletter false api current", "1 newsletter true api");
    }

    /** One customer changes twice in the batch. */
    @Test
    void batchStoresConsentsOfAllCustomers() {
        var batch = """
                {"customers":[
                    {"name":"Jane","external_id":"j","preferences":{"newsletter":true,"whatsapp":true}},
                    {"name":"Ana","external_id":"a"},
                    {"name":"Bia","external_id":"b","preferences":{"newsletter":false}},
                    {"name":"Jane","external_id":"j","preferences":{"whatsapp":false}}]}""";

        var ids = tenant.json(batch).post(CUSTOMERS + "/batch").jsonPath().<String>getList("data.customer.id");

        assertThat(summary(ids.get(0)))
                .containsExactly(
                        "2 whatsapp false api current", "1 whatsapp true api", "1 newsletter true api current");
        assertThat(summary(ids.get(1))).isEmpty();
        assertThat(summary(ids.get(2))).containsExactly("1 newsletter false api current");
    }

    @Test
    void mergeStoresMostCarefulConsents() {
        var target = customer("{\"newsletter\":true,\"promotions\":false}");
        var source = customer("{\"newsletter\":false,\"promotions\":true,\"whatsapp\":true}");

        merge(target, source);

        assertThat(tenant.get(target).jsonPath().<String, Boolean>getMap("preferences"))
                .containsEntry("newsletter", false)
                .containsEntry("promotions", false)
                .containsEntry("whatsapp", true);
        assertThat(summary(target))
                .containsExactly(
                        "2 whatsapp true merge current",
                        "2 newsletter false merge current",
                        "1 whatsapp true api",
                        "1 promotions true api",
                        "1 newsletter false api",
                        "1 promotions false api current",
                        "1 newsletter true api");
        assertThat(consents(target).getList("data.customer_id"))
                .containsExactly(target, target, source, source, source, target, target);
    }

    @Test
    void undoStoresFormerConsents() {
        var target = customer("{\"newsletter\":true}");
        var source = customer("{\"newsletter\":false,\"whatsapp\":true}");
        var merge = merge(target, source);

        tenant.call().post("/v1/merges/" + merge + "/undo").then().statusCode(200);

        assertThat(summary(target))
                .containsExactly(
                        "3 whatsapp null merge_undone current",
                        "3 newsletter true merge_undone current",
                        "2 whatsapp true merge",
                        "2 newsletter false merge",
                        "1 newsletter true api");
        assertThat(summary(source)).containsExactly("1 whatsapp true api current", "1 newsletter false api current");
    }

    @Test
    void mergedCustomerRedirectsToTarget() {
        var target = customer("{}");
        var source = customer("{\"newsletter\":true}");
        merge(target, source);

        tenant.call()
                .redirects()
                .follow(false)
                .get(CUSTOMERS + "/" + source + "/consents?page_size=5")
                .then()
                .statusCode(307)
                .header("Location", endsWith(CUSTOMERS + "/" + target + "/consents?page_size=5"));
    }

    @Test
    void pagesAndCursorsListEachConsentOnce() {
        var target = customer("{\"newsletter\":true,\"whatsapp\":true,\"promotions\":true}");
        var source = customer("{\"newsletter\":false,\"order_updates\":true}");
        merge(target, source);
        var all = consents(target).<Object>getList("data");

        assertThat(all).hasSize(7);
        assertThat(pages(target)).isEqualTo(all);
        tenant.call()
                .get(CUSTOMERS + "/" + target + "/consents?page=2&page_size=3")
                .then()
                .body("data", equalTo(all.subList(3, 6)))
                .body("meta.total_count", equalTo(7))
                .body("meta.total_pages", equalTo(3));
    }

    private List<Object> pages(String id) {
        List<Object> found = new ArrayList<>();
        String cursor = null;
        do {
            var request = tenant.call().queryParam("page_size", 2);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var page = request.get(CUSTOMERS + "/" + id + "/consents").then().statusCode(200);
            found.addAll(page.extract().<List<Object>>path("data"));
            cursor = page.extract().path("meta.next_cursor");
        } while (cursor != null);
        return found;
    }

    @Test
    void cursorOfAnotherListReturns400() {
        var id = customer("{\"newsletter\":true}");
        tenant.createNamed("Ana");
        String cursor = tenant.call().get(CUSTOMERS + "?page_size=1").path("meta.next_cursor");

        tenant.call()
                .queryParam("cursor", cursor)
                .get(CUSTOMERS + "/" + id + "/consents")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("invalid_cursor"));
    }

    @Test
    void erasedCustomerKeepsConsents() {
        var id = customer("{\"newsletter\":true}");
        TestDatabase.execute("UPDATE customer SET anonymized = true WHERE id = ?::uuid", id);

        assertThat(summary(id)).hasSize(1);
    }

    /** Deleting is no withdrawal. */
    @Test
    void deletedCustomerKeepsConsents() {
        var id = customer("{\"newsletter\":true}");
        tenant.call().delete(CUSTOMERS + "/" + id).then().statusCode(204);

        assertThat(summary(id)).containsExactly("1 newsletter true api current");
    }

    @Test
    void unknownCustomerReturns404() {
        var id = customer("{\"newsletter\":true}");
        var unknown = CUSTOMERS + "/01a206b1-07c5-75e2-9203-3557b63c9ad8/consents";

        tenant.call().get(unknown).then().statusCode(404);
        TestTenant.fresh().call().get(CUSTOMERS + "/" + id + "/consents").then().statusCode(404);
    }

    @Test
    void customerOfAnotherLocationReturns404() {
        var id = tenant.create("{\"name\":\"Jane\",\"location_id\":\"l1\",\"preferences\":{\"newsletter\":true}}")
                .getString("id");
        var path = CUSTOMERS + "/" + id + "/consents";

        at("l1").get(path).then().statusCode(200);
        at("l2").get(path).then().statusCode(404);
        tenant.call().delete(CUSTOMERS + "/" + id).then().statusCode(204);
        at("l1").get(path).then().statusCode(404);
    }

    private RequestSpecification at(String location) {
        return TestTenant.call(TestTokens.with(claims -> {
            claims.setSubject("tester");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:read");
            claims.setStringClaim("location", location);
        }));
    }

    @Test
    void concurrentChangesStoreOneConsentPerVersion() {
        var id = customer("{\"newsletter\":false}");

        Parallel.sendUntilServed(12, i -> tenant.request(CUSTOMERS + "/" + id)
                .method("PATCH", BodyPublishers.ofString("{\"preferences\":{\"newsletter\":" + (i % 2 == 0) + "}}"))
                .build());

        var consents = consents(id);
        int version = tenant.get(id).jsonPath().getInt("version");
        assertThat(consents.getList("data.version", Integer.class))
                .containsExactlyElementsOf(IntStream.iterate(version, v -> v - 1)
                        .limit(version)
                        .boxed()
                        .toList());
        assertThat(consents.getBoolean("data[0].granted"))
                .isEqualTo(tenant.get(id).jsonPath().getBoolean("preferences.newsletter"));
    }

    /** As the migration does it for customers who were there before. */
    @Test
    void eventsHaveTheSameConsents() {
        var target = customer("{\"newsletter\":true,\"promotions\":false}");
        var source = customer("{\"newsletter\":false,\"whatsapp\":true}");
        self(source)
                .contentType("application/json")
                .body("{\"whatsapp\":false}")
                .put(ME + "/preferences");
        tenant.patch(target, "{\"preferences\":{\"promotions\":null}}");
        tenant.call()
                .post("/v1/merges/" + merge(target, source) + "/undo")
                .then()
                .statusCode(200);
        tenant.call().delete(CUSTOMERS + "/" + source).then().statusCode(204);
        var stored = TestDatabase.column(ROWS, tenant.name());
        TestDatabase.execute("DELETE FROM customer_consent WHERE tenant_id = ?", tenant.name());

        TestDatabase.execute(migration());

        assertThat(stored).hasSize(10);
        assertThat(TestDatabase.column(ROWS, tenant.name())).isEqualTo(stored);
    }

    private static String migration() {
        try (var file = ConsentTest.class.getResourceAsStream("/db/migration/V22_1__consents_of_events.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
