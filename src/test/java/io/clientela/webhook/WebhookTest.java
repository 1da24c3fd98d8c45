package io.clientela.webhook;

import static io.clientela.webhook.WebhookFixture.WEBHOOKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.StrictProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(StrictProfile.class)
class WebhookTest extends ApiTest {
    private static final String URL = "https://crm.invalid/events";

    private final TestTenant tenant = TestTenant.fresh();

    private WebhookFixture webhook() {
        return WebhookFixture.of(tenant, URL, "customer.created");
    }

    private List<String> readers() {
        return TestDatabase.column(
                "SELECT reader FROM event_cursor WHERE tenant_id = ? AND reader = 'webhooks'", tenant.name());
    }

    private List<String> events(WebhookFixture webhook) {
        return TestDatabase.column(
                "SELECT type FROM customer_event WHERE tenant_id = ? AND customer_id = ?::uuid ORDER BY id",
                tenant.name(),
                webhook.id());
    }

    @Test
    void createReturnsDefaultsAndSecret() {
        tenant.json("{\"url\":\"" + URL + "\",\"types\":[\"customer.*\",\"*\"]}")
                .post(WEBHOOKS)
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .header("ETag", "\"1\"")
                .body("url", equalTo(URL))
                .body("types", contains("customer.*", "*"))
                .body("payload", equalTo("thin"))
                .body("active", equalTo(true))
                .body("disabled_at", nullValue())
                .body("created_by", equalTo("tester"))
                .body("secret.matches('whsec_[A-Za-z0-9+/]{43}=')", equalTo(true));
    }

    @Test
    void secretIsShownOnce() {
        var webhook = webhook();

        tenant.call().get(webhook.path()).then().statusCode(200).body("$", not(hasKey("secret")));
        tenant.call().get(WEBHOOKS).then().body("data[0]", not(hasKey("secret")));
        assertThat(webhook.patch("{\"description\":\"CRM\"}").getString("secret"))
                .isNull();
    }

    @Test
    void repeatedCreateShowsSameSecretToSameToken() {
        var key = UUID.randomUUID().toString();
        var body = "{\"url\":\"" + URL + "\",\"types\":[\"*\"]}";
        var first = tenant.json(body).header("Idempotency-Key", key).post(WEBHOOKS);
        var second = tenant.json(body).header("Idempotency-Key", key).post(WEBHOOKS);

        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.<String>path("secret")).isEqualTo(first.path("secret"));
        assertThat(TestDatabase.column("SELECT body FROM idempotency_key WHERE tenant_id = ?", tenant.name()))
                .allSatisfy(stored -> assertThat(stored).doesNotContain(first.<String>path("secret")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://crm.example.com",
                "https://user@crm.example.com",
                "https://127.0.0.1",
                "https://[::1]",
                "https://2130706433",
                "https://169.254.169.254/latest",
                "https://crm.example.com:22",
                "https://crm.example.com/#a",
                "https://",
                "nothing",
                ""
            })
    void hostileUrlReturns422(String url) {
        tenant.json("{\"url\":\"" + url + "\",\"types\":[\"*\"]}")
                .post(WEBHOOKS)
                .then()
                .statusCode(422)
                .body("errors.field", contains("/url"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /url",
                "{} | /types",
                "{\"types\":[]} | /types",
                "{\"types\":null} | /types",
                "{\"types\":[null]} | /types/0",
                "{\"types\":[\"customer.created\",\"customer.created\"]} | /types/1",
                "{\"types\":[\"customer\"]} | /types/0",
                "{\"types\":[\"custmer.*\"]} | /types/0",
                "{\"types\":[\"*.created\"]} | /types/0",
                "{\"types\":\"*\"} | /types",
                "{\"payload\":\"fat\"} | /payload",
                "{\"active\":\"yes\"} | /active",
                "{\"secret\":\"whsec_x\"} | /secret",
                "{\"version\":7} | /version"
            })
    void invalidFieldReturns422(String body, String field) {
        tenant.json(body).post(WEBHOOKS).then().statusCode(422).body("errors.field", hasItem(field));
    }

    @Test
    void tenThousandTypesReturn422() {
        var types = String.join(",", Collections.nCopies(10_000, "\"customer.created\""));

        tenant.json("{\"url\":\"" + URL + "\",\"types\":[" + types + "]}")
                .post(WEBHOOKS)
                .then()
                .statusCode(422)
                .body("errors", hasSize(1))
                .body("errors[0].field", equalTo("/types"));
    }

    @Test
    void listIsPagedNewestFirst() {
        var first = webhook();
        var second = webhook();

        var page = tenant.call().get(WEBHOOKS + "?page_size=1");
        assertThat(page.<String>path("data[0].id")).isEqualTo(second.id());
        assertThat(page.<Integer>path("meta.total_count")).isEqualTo(2);
        tenant.call()
                .queryParam("cursor", page.<String>path("meta.next_cursor"))
                .get(WEBHOOKS)
                .then()
                .body("data.id", contains(first.id()));
    }

    @Test
    void patchChangesSentFieldsOnly() {
        var webhook = webhook();

        var patched = webhook.patch("{\"types\":[\"call.*\"],\"description\":\"CRM\"}");

        assertThat(patched.getList("types")).isEqualTo(List.of("call.*"));
        assertThat(patched.getString("url")).isEqualTo(URL);
        assertThat(patched.getInt("version")).isEqualTo(2);
        assertThat(webhook.patch("{\"description\":\"CRM\"}").getInt("version")).isEqualTo(2);
        assertThat(webhook.patch("{\"description\":null}").getString("description"))
                .isNull();
    }

    @Test
    void patchWithStaleVersionReturns412() {
        var webhook = webhook();
        webhook.patch("{\"description\":\"CRM\"}");

        tenant.json("{\"description\":\"Other\"}")
                .header("If-Match", "\"1\"")
                .patch(webhook.path())
                .then()
                .statusCode(412)
                .body("current_version", equalTo(2));
    }

    @Test
    void patchToInvalidReturns422() {
        var webhook = webhook();
        for (String body : List.of("{\"url\":null}", "{\"types\":null}", "{\"url\":\"http://localhost\"}")) {
            tenant.json(body).patch(webhook.path()).then().statusCode(422);
        }

        assertThat(webhook.get().getInt("version")).isEqualTo(1);
    }

    @Test
    void moreThanAllowedReturns409() {
        var responses = Parallel.sendUntilServed(25, i -> tenant.request(WEBHOOKS)
                .POST(HttpRequest.BodyPublishers.ofString("{\"url\":\"" + URL + "\",\"types\":[\"*\"]}"))
                .build());

        assertThat(responses.stream().filter(response -> response.statusCode() == 201))
                .hasSize(20);
        assertThat(responses.stream().filter(response -> response.statusCode() == 409))
                .hasSize(5)
                .allSatisfy(response -> assertThat(response.body()).contains("too_many_webhooks"));
    }

    @Test
    void deleteMakesWebhookUnknown() {
        var webhook = webhook();

        webhook.delete();

        tenant.call().get(webhook.path()).then().statusCode(404);
        tenant.call().delete(webhook.path()).then().statusCode(404);
        tenant.call().get(webhook.path() + "/deliveries").then().statusCode(404);
        tenant.call().get(WEBHOOKS).then().body("meta.total_count", equalTo(0));
        assertThat(TestDatabase.column("SELECT secret FROM webhook_secret WHERE tenant_id = ?", tenant.name()))
                .isEmpty();
    }

    @Test
    void eventsAreFollowedWhileWebhookIsActive() {
        assertThat(readers()).isEmpty();
        var first = webhook();
        var second = webhook();
        assertThat(readers()).hasSize(1);

        first.patch("{\"active\":false}");
        assertThat(readers()).hasSize(1);
        second.delete();
        assertThat(readers()).isEmpty();
        first.patch("{\"active\":true}");
        assertThat(readers()).hasSize(1);
    }

    @Test
    void inactiveWebhookSaysWhy() {
        var webhook = webhook();

        var off = webhook.patch("{\"active\":false}");

        assertThat(off.getString("disabled_reason")).isEqualTo("requested");
        assertThat(off.getString("disabled_at")).isNotNull();
        assertThat(webhook.patch("{\"active\":true}").getString("disabled_reason"))
                .isNull();
    }

    @Test
    void changesOfWebhookAreEvents() {
        var webhook = webhook();
        webhook.patch("{\"url\":\"https://other.invalid/?token=1\"}");
        webhook.patch("{\"active\":false}");
        webhook.patch("{\"active\":true}");
        tenant.json("{}").post(webhook.path() + "/rotate-secret").then().statusCode(200);
        webhook.delete();

        assertThat(events(webhook))
                .containsExactly(
                        "webhook.created",
                        "webhook.updated",
                        "webhook.disabled",
                        "webhook.enabled",
                        "webhook.secret_rotated",
                        "webhook.deleted");
        assertThat(TestDatabase.column("SELECT details FROM customer_event WHERE tenant_id = ?", tenant.name()))
                .noneMatch(details -> details.contains("token"));
    }

    @Test
    void moreThanFiveSecretsReturn409() {
        var webhook = webhook();
        for (int i = 0; i < 4; i++) {
            tenant.json("{}").post(webhook.path() + "/rotate-secret").then().statusCode(200);
        }

        tenant.json("{}")
                .post(webhook.path() + "/rotate-secret")
                .then()
                .statusCode(409)
                .body("code", equalTo("rotation_refused"));
        tenant.json("{\"overlap_seconds\":0}")
                .post(webhook.path() + "/rotate-secret")
                .then()
                .statusCode(200)
                .body("secret", notNullValue());
    }

    @Test
    void callerConfinedToLocationHasNoWebhooks() {
        var webhook = webhook();
        var confined = TestTokens.with(claims -> {
            claims.setSubject("tester");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:admin");
            claims.setStringClaim("location", "here");
        });

        TestTenant.call(confined)
                .contentType("application/json")
                .body("{\"url\":\"" + URL + "\",\"types\":[\"*\"]}")
                .post(WEBHOOKS)
                .then()
                .statusCode(403)
                .body("code", equalTo("location_forbidden"));
        TestTenant.call(confined).get(webhook.path()).then().statusCode(404);
        TestTenant.call(confined).delete(webhook.path()).then().statusCode(404);
        TestTenant.call(confined).get(WEBHOOKS).then().body("data", hasSize(0));
    }

    @Test
    void inactiveWebhookIsNotTested() {
        var webhook = webhook();
        webhook.patch("{\"active\":false}");

        tenant.call().post(webhook.path() + "/test").then().statusCode(409).body("code", equalTo("webhook_inactive"));
    }
}
