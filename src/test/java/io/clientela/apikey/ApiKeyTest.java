package io.clientela.apikey;

import static io.clientela.support.TestTenant.API_KEYS;
import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ApiKeyTest extends ApiTest {
    private static final String READ = "\"scopes\":[\"customers:read\"]";

    private final TestTenant tenant = TestTenant.fresh();

    private static Response list(String key) {
        return TestTenant.call(key).get(CUSTOMERS);
    }

    private static String path(String id) {
        return API_KEYS + "/" + id;
    }

    private Response create(String body) {
        return tenant.json(body).post(API_KEYS);
    }

    private String rotate(String id, int overlap) {
        return tenant.json("{\"overlap_seconds\":" + overlap + "}")
                .post(path(id) + "/rotate")
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .extract()
                .path("key");
    }

    private String confinedToken(String location) {
        return TestTokens.with(claims -> {
            claims.setSubject("local");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", String.join(" ", TestTokens.allScopes()));
            claims.setStringClaim("location", location);
        });
    }

    @Test
    void createdKeyIsShownOnce() {
        var created = create("{\"name\":\" Shop \",\"scopes\":[\"customers:write\",\"customers:read\"],"
                        + "\"expires_at\":\"2099-12-31T23:59:59Z\"}")
                .then()
                .statusCode(201)
                .body("name", equalTo("Shop"))
                .body("scopes", equalTo(List.of("customers:read", "customers:write")))
                .body("location", nullValue())
                .body("created_at", notNullValue())
                .body("created_by", equalTo("tester"))
                .body("expires_at", equalTo("2099-12-31T23:59:59Z"))
                .body("last_used_at", nullValue())
                .body("revoked_at", nullValue())
                .extract();
        String id = created.path("id");
        String key = created.path("key");

        assertThat(key).matches("ck_" + id.replace("-", "") + "_[0-9a-f]{64}");
        assertThat(created.header("Location")).endsWith(path(id));
        tenant.call()
                .get(path(id))
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("$", not(hasKey("key")));
        tenant.call()
                .get(API_KEYS)
                .then()
                .statusCode(200)
                .body("data.id", equalTo(List.of(id)))
                .body("data[0]", not(hasKey("key")));
    }

    @Test
    void databaseHasOnlyDigestOfSecret() {
        var key = tenant.createApiKey(READ);
        var text = key.getString("key");
        var secret = HexFormat.of().parseHex(text.substring(text.lastIndexOf('_') + 1));

        var stored = TestDatabase.column(
                "SELECT (hash = sha256(?))::text || octet_length(hash) FROM api_key_secret WHERE key_id = ?::uuid",
                secret,
                key.getString("id"));

        assertThat(stored).containsExactly("true32");
    }

    @Test
    void keyIsAcceptedLikeToken() {
        var customer = tenant.createNamed("Ana");
        var key = tenant.createApiKey("\"scopes\":[\"customers:read\",\"customers:write\"],\"prefix\":\"shop\"");
        assertThat(key.getString("key")).startsWith("shop_");

        TestTenant.call(key.getString("key"))
                .contentType(ContentType.JSON)
                .body("{\"notes\":\"by key\"}")
                .patch(CUSTOMERS + "/" + customer)
                .then()
                .statusCode(200);

        tenant.call()
                .get(CUSTOMERS + "/" + customer + "/history")
                .then()
                .body("data[0].actor", equalTo("api-key:" + key.getString("id")));
        TestTenant.call(key.getString("key"))
                .post("/v1/merges/01a206b1-07c5-75e2-9203-3557b63c9ad8/undo")
                .then()
                .statusCode(403)
                .body("required_scope", equalTo("customers:merge"));
    }

    @Test
    void keyReachesItsTenantOnly() {
        var key = tenant.apiKey("customers:read");

        TestTenant.call(key)
                .header("X-Tenant", tenant.name())
                .get(CUSTOMERS)
                .then()
                .statusCode(200);
        TestTenant.call(key)
                .header("X-Tenant", TestTenant.fresh().name())
                .get(CUSTOMERS)
                .then()
                .statusCode(403)
                .body("code", equalTo("tenant_forbidden"));
    }

    @Test
    void keyReachesItsLocationOnly() {
        String north =
                tenant.create("{\"name\":\"Ana\",\"location_id\":\"north\"}").getString("id");
        String south =
                tenant.create("{\"name\":\"Bia\",\"location_id\":\"south\"}").getString("id");
        var key = tenant.createApiKey(READ + ",\"location\":\"north\"").getString("key");

        TestTenant.call(key).get(CUSTOMERS + "/" + north).then().statusCode(200);
        TestTenant.call(key).get(CUSTOMERS + "/" + south).then().statusCode(404);
        list(key).then().body("data.name", equalTo(List.of("Ana")));
        TestTenant.call(key)
                .header("X-Location", "south")
                .get(CUSTOMERS)
                .then()
                .statusCode(403)
                .body("code", equalTo("location_forbidden"));
    }

    @Test
    void tamperedKeysReturn401() {
        var key = tenant.apiKey("customers:read");
        list(key).then().statusCode(200);
        var otherSecret = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");
        var otherPrefix = "xk" + key.substring(2);
        var otherId = tenant.apiKey("customers:read").replaceFirst("_[0-9a-f]{64}$", key.replaceFirst(".*_", "_"));

        for (String tampered : List.of(otherSecret, otherPrefix, otherId, key + "0", key.toUpperCase())) {
            list(tampered)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                    .body("code", equalTo("invalid_token"))
                    .body("detail", not(containsString(key)));
        }
    }

    @Test
    void keyEndsAtItsTime() throws InterruptedException {
        var end = Instant.now().plusMillis(2_500);
        var key = tenant.createApiKey(READ + ",\"expires_at\":\"" + end + "\"");
        list(key.getString("key")).then().statusCode(200);

        Thread.sleep(Duration.between(Instant.now(), end).toMillis() + 50);

        list(key.getString("key")).then().statusCode(401);
        tenant.json("{}")
                .post(path(key.getString("id")) + "/rotate")
                .then()
                .statusCode(409)
                .body("code", equalTo("api_key_inactive"));
    }

    @Test
    void revokedKeyIsRefusedAtOnce() {
        var key = tenant.createApiKey(READ);
        list(key.getString("key")).then().statusCode(200);

        tenant.call().delete(path(key.getString("id"))).then().statusCode(204);

        list(key.getString("key")).then().statusCode(401);
        tenant.call().get(path(key.getString("id"))).then().statusCode(200).body("revoked_at", notNullValue());
        tenant.json("{}")
                .post(path(key.getString("id")) + "/rotate")
                .then()
                .statusCode(409)
                .body("code", equalTo("api_key_inactive"));
        tenant.call().delete(path(key.getString("id"))).then().statusCode(204);
        assertThat(events(key.getString("id"))).containsExactly("api_key.revoked", "api_key.created");
    }

    @Test
    void rotatedKeyWorksUntilOverlapEnds() throws InterruptedException {
        var created = tenant.createApiKey(READ);
        var first = created.getString("key");
        list(first).then().statusCode(200);

        var second = rotate(created.getString("id"), 2);
        list(first).then().statusCode(200);
        list(second).then().statusCode(200);
        Thread.sleep(2_050);

        list(first).then().statusCode(401);
        list(second).then().statusCode(200);
    }

    @Test
    void rotationWithoutOverlapEndsAllSecrets() {
        var created = tenant.createApiKey(READ + ",\"prefix\":\"shop\"");
        var second = rotate(created.getString("id"), 3600);
        list(second).then().statusCode(200);

        var third = rotate(created.getString("id"), 0);

        assertThat(third).startsWith("shop_");
        list(created.getString("key")).then().statusCode(401);
        list(second).then().statusCode(401);
        list(third).then().statusCode(200);
    }

    @Test
    void rotationNeverLengthensAnOverlap() throws InterruptedException {
        var created = tenant.createApiKey(READ);
        rotate(created.getString("id"), 1);
        rotate(created.getString("id"), 3600);

        Thread.sleep(1_050);

        list(created.getString("key")).then().statusCode(401);
    }

    @Test
    void sixthWorkingSecretIsRefused() {
        var id = tenant.createApiKey(READ).getString("id");
        for (int i = 0; i < 4; i++) {
            rotate(id, 3600);
        }

        tenant.json("{\"overlap_seconds\":3600}")
                .post(path(id) + "/rotate")
                .then()
                .statusCode(409)
                .body("code", equalTo("rotation_refused"));
        list(rotate(id, 0)).then().statusCode(200);
    }

    @Test
    void rotationWithoutBodyHasOverlapOfOneDay() throws IOException, InterruptedException {
        var created = tenant.createApiKey(READ);
        var uri = tenant.request(path(created.getString("id")) + "/rotate")
                .build()
                .uri();
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + tenant.token())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        list(created.getString("key")).then().statusCode(200);
        tenant.call().get(API_KEYS + "/history").then().body("data[0].details.overlap_seconds", equalTo(86400));
    }

    @Test
    void makerWithoutScopeCannotGrantOrRotateIt() {
        var token = TestTokens.of(tenant.name(), "admin only", "customers:admin", "customers:read");
        var key = tenant.createApiKey("\"scopes\":[\"customers:read\",\"customers:merge\"]");

        TestTenant.call(token)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"x\",\"scopes\":[\"customers:read\",\"customers:merge\",\"customers:write\"]}")
                .post(API_KEYS)
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"))
                .body("required_scope", equalTo("customers:write customers:merge"));
        TestTenant.call(token)
                .contentType(ContentType.JSON)
                .post(path(key.getString("id")) + "/rotate")
                .then()
                .statusCode(403)
                .body("required_scope", equalTo("customers:merge"));

        assertThat(events(key.getString("id"))).containsExactly("api_key.created");
    }

    @Test
    void confinedMakerHandlesKeysOfItsLocationOnly() {
        var everywhere = tenant.createApiKey(READ).getString("id");
        var south = tenant.createApiKey(READ + ",\"location\":\"south\"").getString("id");
        var north = TestTenant.call(confinedToken("north"))
                .contentType(ContentType.JSON)
                .body("{\"name\":\"x\"," + READ + "}")
                .post(API_KEYS)
                .then()
                .statusCode(201)
                .body("location", equalTo("north"))
                .extract()
                .<String>path("id");

        TestTenant.call(confinedToken("north"))
                .contentType(ContentType.JSON)
                .body("{\"name\":\"x\",\"location\":\"south\"," + READ + "}")
                .post(API_KEYS)
                .then()
                .statusCode(403)
                .body("code", equalTo("location_forbidden"));
        for (String id : List.of(everywhere, south)) {
            TestTenant.call(confinedToken("north")).get(path(id)).then().statusCode(404);
            TestTenant.call(confinedToken("north")).delete(path(id)).then().statusCode(404);
            TestTenant.call(confinedToken("north"))
                    .contentType(ContentType.JSON)
                    .post(path(id) + "/rotate")
                    .then()
                    .statusCode(404);
        }
        for (String path : List.of(API_KEYS, API_KEYS + "/history")) {
            TestTenant.call(confinedToken("north"))
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body("meta.total_count", equalTo(1))
                    .body(path.equals(API_KEYS) ? "data[0].id" : "data[0].key_id", equalTo(north));
        }
        tenant.call().header("X-Location", "south").get(API_KEYS).then().body("data.id", equalTo(List.of(south)));
    }

    @Test
    void keyMadeByKeyEndsWithIt() {
        var end = "2099-01-01T00:00:00Z";
        var maker = tenant.createApiKey(
                        "\"scopes\":[\"customers:admin\",\"customers:read\"],\"expires_at\":\"" + end + "\"")
                .getString("key");
        var endless = tenant.createApiKey(READ).getString("id");

        TestTenant.call(maker)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"x\"," + READ + "}")
                .post(API_KEYS)
                .then()
                .statusCode(201)
                .body("expires_at", equalTo(end))
                .body("created_by", containsString("api-key:"));
        TestTenant.call(maker)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"x\",\"expires_at\":\"2099-01-01T00:00:01Z\"," + READ + "}")
                .post(API_KEYS)
                .then()
                .statusCode(403)
                .body("code", equalTo("grant_refused"));
        TestTenant.call(maker)
                .contentType(ContentType.JSON)
                .post(path(endless) + "/rotate")
                .then()
                .statusCode(403)
                .body("code", equalTo("grant_refused"));
    }

    @Test
    void invalidKeyReturns422WithEveryField() {
        create("{\"name\":\" \",\"scopes\":[\"customers:read\",\"customers:self\",null,1],\"location\":\"\","
                        + "\"expires_at\":\"2001-01-01T00:00:00Z\",\"prefix\":\"c-k\",\"surprise\":1}")
                .then()
                .statusCode(422)
                .body(
                        "errors.field",
                        hasItems(
                                "/name",
                                "/scopes/1",
                                "/scopes/2",
                                "/scopes/3",
                                "/location",
                                "/expires_at",
                                "/prefix",
                                "/surprise"));
        create("{}").then().statusCode(422).body("errors.field", hasItems("/name", "/scopes"));
        create("{\"name\":\"x\",\"scopes\":[]}")
                .then()
                .statusCode(422)
                .body("errors.field", equalTo(List.of("/scopes")));
        var id = tenant.createApiKey(READ).getString("id");
        for (String overlap : List.of("-1", "2592001", "1.5", "\"1\"")) {
            tenant.json("{\"overlap_seconds\":" + overlap + "}")
                    .post(path(id) + "/rotate")
                    .then()
                    .statusCode(422)
                    .body("errors.field", equalTo(List.of("/overlap_seconds")));
        }
    }

    @Test
    void lastUseIsRecordedWithoutWriteForEachRequest() {
        var key = tenant.createApiKey(READ);
        var text = key.getString("key");
        list(text).then().statusCode(200);
        String first = tenant.call().get(path(key.getString("id"))).path("last_used_at");
        assertThat(Duration.between(Instant.parse(first), Instant.now())).isLessThan(Duration.ofMinutes(1));

        list(text).then().statusCode(200);
        assertThat(tenant.call().get(path(key.getString("id"))).<String>path("last_used_at"))
                .isEqualTo(first);
    }

    @Test
    void historyListsEventsOfKeys() {
        var created = tenant.createApiKey(READ + ",\"location\":\"north\",\"expires_at\":\"2099-01-01T00:00:00Z\"");
        var id = created.getString("id");
        var other = tenant.createApiKey(READ).getString("id");
        rotate(id, 60);
        tenant.call()
                .header("X-Request-Id", "revocation")
                .delete(path(id))
                .then()
                .statusCode(204);

        var page = tenant.call()
                .get(API_KEYS + "/history?page_size=3")
                .then()
                .statusCode(200)
                .body("data.type", equalTo(List.of("api_key.revoked", "api_key.rotated", "api_key.created")))
                .body("data.key_id", equalTo(List.of(id, id, other)))
                .body("data[0].actor", equalTo("tester"))
                .body("data[0].request_id", equalTo("revocation"))
                .body("data[1].details.overlap_seconds", equalTo(60))
                .body("meta.total_count", equalTo(4))
                .extract();
        tenant.call()
                .get(API_KEYS + "/history?cursor=" + page.path("meta.next_cursor"))
                .then()
                .statusCode(200)
                .body("data.key_id", equalTo(List.of(id)))
                .body("data[0].details.name", equalTo("Key"))
                .body("data[0].details.scopes", equalTo(List.of("customers:read")))
                .body("data[0].details.location", equalTo("north"))
                .body("data[0].details.expires_at", equalTo("2099-01-01T00:00:00Z"));
        assertThat(events(other)).containsExactly("api_key.created");
        tenant.call()
                .get(API_KEYS + "?cursor=" + page.path("meta.next_cursor"))
                .then()
                .statusCode(400);
        tenant.call().get(API_KEYS + "/history?key_id=x").then().statusCode(400);
    }

    @Test
    void keysAreListedNewestFirst() {
        var ids = List.of(
                tenant.createApiKey(READ).getString("id"),
                tenant.createApiKey(READ).getString("id"),
                tenant.createApiKey(READ).getString("id"));

        var first = tenant.call()
                .get(API_KEYS + "?page_size=2")
                .then()
                .statusCode(200)
                .extract();

        assertThat(first.<List<String>>path("data.id")).containsExactly(ids.get(2), ids.get(1));
        tenant.call()
                .get(API_KEYS + "?page_size=2&cursor=" + first.path("meta.next_cursor"))
                .then()
                .body("data.id", equalTo(List.of(ids.get(0))));
    }

    @Test
    void repeatedCreateShowsSameKeyToSameTokenOnly() {
        var body = "{\"name\":\"Shop\"," + READ + "}";
        var first = tenant.json(body).header("Idempotency-Key", "k1").post(API_KEYS);
        var replay = tenant.json(body).header("Idempotency-Key", "k1").post(API_KEYS);
        var otherToken =
                TestTokens.of(tenant.name(), "tester", TestTokens.allScopes().toArray(String[]::new));
        var withOtherToken = TestTenant.call(otherToken)
                .contentType(ContentType.JSON)
                .body(body)
                .header("Idempotency-Key", "k1")
                .post(API_KEYS);

        assertThat(replay.statusCode()).isEqualTo(201);
        assertThat(replay.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(replay.asString()).isEqualTo(first.asString());
        list(first.path("key")).then().statusCode(200);
        withOtherToken
                .then()
                .statusCode(201)
                .body("id", equalTo(first.path("id")))
                .body("$", not(hasKey("key")));
        tenant.call().get(API_KEYS).then().body("meta.total_count", equalTo(1));
        assertThat(TestDatabase.column("SELECT body FROM idempotency_key WHERE tenant_id = ?", tenant.name()))
                .singleElement()
                .asString()
                .doesNotContain(first.<String>path("key").replaceFirst(".*_", ""));
    }

    @Test
    void repeatedRotationShowsSameKey() {
        var id = tenant.createApiKey(READ).getString("id");
        var first = tenant.json("{}").header("Idempotency-Key", "k2").post(path(id) + "/rotate");
        var replay = tenant.json("{}").header("Idempotency-Key", "k2").post(path(id) + "/rotate");

        assertThat(replay.<String>path("key")).isEqualTo(first.path("key"));
        assertThat(events(id)).containsExactly("api_key.rotated", "api_key.created");
    }

    private List<String> events(String id) {
        return tenant.call()
                .get(API_KEYS + "/history?key_id=" + id)
                .then()
                .statusCode(200)
                .extract()
                .path("data.type");
    }
}
