package io.clientela.apikey;

import static io.clientela.support.TestTenant.API_KEYS;
import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ApiKeyConcurrencyTest extends ApiTest {
    private static final String READ = "\"scopes\":[\"customers:read\"]";

    private final TestTenant tenant = TestTenant.fresh();

    private HttpRequest rotation(String id) {
        return tenant.request(API_KEYS + "/" + id + "/rotate")
                .POST(BodyPublishers.ofString("{\"overlap_seconds\":3600}"))
                .build();
    }

    private static String key(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("key");
    }

    private static int use(String key) {
        return TestTenant.call(key).get(CUSTOMERS).statusCode();
    }

    private List<String> events(String id) {
        return tenant.call().get(API_KEYS + "/history?key_id=" + id).path("data.type");
    }

    @Test
    void concurrentRotationsKeepEarlierSecretsWorking() {
        var created = tenant.createApiKey(READ);
        var id = created.getString("id");

        var responses = Parallel.sendUntilServed(8, i -> rotation(id));

        var accepted = responses.stream()
                .filter(response -> response.statusCode() == 200)
                .map(ApiKeyConcurrencyTest::key)
                .toList();
        assertThat(responses)
                .allSatisfy(response -> assertThat(response.statusCode()).isIn(200, 409));
        assertThat(accepted).hasSize(ApiKeyService.MAX_SECRETS - 1).doesNotHaveDuplicates();
        assertThat(use(created.getString("key"))).isEqualTo(200);
        assertThat(accepted).allSatisfy(key -> assertThat(use(key)).isEqualTo(200));
        assertThat(events(id)).hasSize(ApiKeyService.MAX_SECRETS);
    }

    @Test
    void noSecretSurvivesRevocationDuringRotations() {
        for (int round = 0; round < 10; round++) {
            var created = tenant.createApiKey(READ);
            var id = created.getString("id");
            assertThat(use(created.getString("key"))).isEqualTo(200);

            var responses = Parallel.sendUntilServed(
                    4,
                    i -> i == 1 ? tenant.request(API_KEYS + "/" + id).DELETE().build() : rotation(id));

            assertThat(responses.get(1).statusCode()).isEqualTo(204);
            List<String> keys = new ArrayList<>(List.of(created.getString("key")));
            for (var response : responses) {
                assertThat(response.statusCode()).isIn(200, 204, 409);
                if (response.statusCode() == 200) {
                    keys.add(key(response));
                }
            }
            assertThat(keys).allSatisfy(key -> assertThat(use(key)).isEqualTo(401));
            assertThat(events(id).get(0)).isEqualTo("api_key.revoked");
            assertThat(events(id)).hasSize(keys.size() + 1);
        }
    }

    /** Requests with the key are read and remembered all the time while it is revoked. */
    @Test
    void revocationIsFeltWhileKeyIsUsed() {
        for (int round = 0; round < 10; round++) {
            var created = tenant.createApiKey(READ);
            var use = HttpRequest.newBuilder(tenant.request(CUSTOMERS).build().uri())
                    .header("Authorization", "Bearer " + created.getString("key"))
                    .build();

            var responses = Parallel.sendUntilServed(
                    16,
                    i -> i == 8
                            ? tenant.request(API_KEYS + "/" + created.getString("id"))
                                    .DELETE()
                                    .build()
                            : use);

            assertThat(responses)
                    .allSatisfy(response -> assertThat(response.statusCode()).isIn(200, 204, 401));
            assertThat(use(created.getString("key"))).isEqualTo(401);
        }
    }

    @Test
    void concurrentKeysOfOneNameAreDifferentKeys() {
        var responses = Parallel.sendUntilServed(8, i -> tenant.request(API_KEYS)
                .POST(BodyPublishers.ofString("{\"name\":\"Shop\"," + READ + "}"))
                .build());

        assertThat(responses)
                .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(201));
        var keys = responses.stream().map(ApiKeyConcurrencyTest::key).toList();
        assertThat(new HashSet<>(keys)).hasSize(8);
        assertThat(keys).allSatisfy(key -> assertThat(use(key)).isEqualTo(200));
    }

    @Test
    void concurrentCreatesWithOneIdempotencyKeyMakeOneKey() {
        var responses = Parallel.sendUntilServed(8, i -> tenant.request(API_KEYS)
                .header("Idempotency-Key", "once")
                .POST(BodyPublishers.ofString("{\"name\":\"Shop\"," + READ + "}"))
                .build());

        assertThat(responses)
                .allSatisfy(response -> assertThat(response.statusCode()).isIn(201, 409));
        assertThat(responses.stream()
                        .filter(response -> response.statusCode() == 201)
                        .map(ApiKeyConcurrencyTest::key)
                        .distinct())
                .hasSize(1);
        assertThat(tenant.call().get(API_KEYS).<Integer>path("meta.total_count"))
                .isEqualTo(1);
    }
}
