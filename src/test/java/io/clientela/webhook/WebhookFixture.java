package io.clientela.webhook;

import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.TestDatabase;
import io.clientela.support.TestReceiver;
import io.clientela.support.TestTenant;
import io.restassured.path.json.JsonPath;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A webhook of a tenant, and what is known of its deliveries. */
final class WebhookFixture {
    static final String WEBHOOKS = "/v1/webhooks";

    private final TestTenant tenant;
    private final JsonPath created;

    private WebhookFixture(TestTenant tenant, JsonPath created) {
        this.tenant = tenant;
        this.created = created;
    }

    /** Creates a webhook with these types, separated by commas. */
    static WebhookFixture of(TestTenant tenant, String url, String types) {
        return of(tenant, "{\"url\":\"%s\",\"types\":[\"%s\"]}".formatted(url, types.replace(",", "\",\"")));
    }

    static WebhookFixture of(TestTenant tenant, TestReceiver receiver) {
        return of(tenant, receiver.url(), "customer.*");
    }

    /** Creates a webhook that gets the values of all events of customers. */
    static WebhookFixture full(TestTenant tenant, TestReceiver receiver) {
        return of(tenant, "{\"url\":\"" + receiver.url() + "\",\"types\":[\"customer.*\"],\"payload\":\"full\"}");
    }

    private static WebhookFixture of(TestTenant tenant, String body) {
        return new WebhookFixture(
                tenant,
                tenant.json(body)
                        .post(WEBHOOKS)
                        .then()
                        .statusCode(201)
                        .extract()
                        .jsonPath());
    }

    String id() {
        return created.getString("id");
    }

    String secret() {
        return created.getString("secret");
    }

    String path() {
        return WEBHOOKS + "/" + id();
    }

    JsonPath get() {
        return tenant.call().get(path()).then().statusCode(200).extract().jsonPath();
    }

    JsonPath patch(String body) {
        return tenant.json(body).patch(path()).then().statusCode(200).extract().jsonPath();
    }

    void delete() {
        tenant.call().delete(path()).then().statusCode(204);
    }

    /** Returns the deliveries, those of the newest events first. */
    JsonPath deliveries() {
        return tenant.call()
                .get(path() + "/deliveries?page_size=200")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Waits until this many deliveries have a status. */
    void await(String status, int count) {
        await(() -> countOf(status) == count, count + " deliveries that are " + status);
    }

    /** The same, without waiting for the times of the next attempts. */
    void awaitHurried(String status, int count) {
        await(
                () -> {
                    hurry();
                    return countOf(status) == count;
                },
                count + " deliveries that are " + status);
    }

    private int countOf(String status) {
        return tenant.call()
                .get(path() + "/deliveries?page_size=1&status=" + status)
                .then()
                .statusCode(200)
                .extract()
                .path("meta.total_count");
    }

    static void await(BooleanSupplier condition, String what) {
        for (int attempts = 600; attempts > 0; attempts--) {
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("There are not " + what);
    }

    /** Makes the next attempts due. */
    void hurry() {
        TestDatabase.execute(
                "UPDATE webhook_delivery SET due_at = now()"
                        + " WHERE webhook_id = ?::uuid AND status = 'pending' AND leased_by IS NULL AND due_at > now()",
                id());
    }

    void redeliver(String delivery) {
        tenant.call()
                .post(path() + "/deliveries/" + delivery + "/redeliver")
                .then()
                .statusCode(202)
                .body("id", equalTo(delivery));
    }
}
