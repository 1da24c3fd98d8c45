package io.clientela.apikey;

import static io.clientela.support.TestTenant.API_KEYS;
import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas with one database: the application, and a verifier with a memory of its own. */
@QuarkusTest
class ApiKeyReplicaTest extends ApiTest {
    private static final Duration ALLOWED = Duration.ofSeconds(5);

    @Inject
    ApiKeyLookup lookup;

    private final TestTenant tenant = TestTenant.fresh();
    private ApiKeyVerifier replica;
    private String id;
    private String key;

    @BeforeEach
    void createKey() {
        replica = new ApiKeyVerifier(lookup);
        var created = tenant.createApiKey("\"scopes\":[\"customers:read\"]");
        id = created.getString("id");
        key = created.getString("key");
    }

    private boolean isAccepted(String sent) {
        try {
            var bearer = VertxContextSupport.subscribeAndAwait(
                    () -> replica.bearer(sent).orElseThrow());
            assertThat(bearer.tenants()).containsExactly(tenant.name());
            return true;
        } catch (AuthenticationFailedException e) {
            return false;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private String rotate(int overlap) {
        return tenant.json("{\"overlap_seconds\":" + overlap + "}")
                .post(API_KEYS + "/" + id + "/rotate")
                .path("key");
    }

    @Test
    void revocationIsFeltOnOtherReplicaWithinFiveSeconds() throws InterruptedException {
        assertThat(isAccepted(key)).isTrue();
        tenant.call().delete(API_KEYS + "/" + id).then().statusCode(204);
        long revoked = System.nanoTime();

        assertThat(TestTenant.call(key).get(CUSTOMERS).statusCode()).isEqualTo(401);
        while (isAccepted(key)) { // all the time in use, which must not prolong it
            assertThat(System.nanoTime() - revoked).isLessThan(ALLOWED.toNanos());
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(isAccepted(key)).isFalse();
    }

    @Test
    void newSecretWorksOnOtherReplicaAtOnce() {
        assertThat(isAccepted(key)).isTrue();

        var second = rotate(3600);

        assertThat(isAccepted(second)).isTrue();
        assertThat(isAccepted(key)).isTrue();
    }

    @Test
    void oldSecretEndsOnOtherReplicaOnceNewOneIsUsed() {
        assertThat(isAccepted(key)).isTrue();

        assertThat(isAccepted(rotate(0))).isTrue();

        assertThat(isAccepted(key)).isFalse();
    }

    @Test
    void keyIsRememberedForSeconds() throws InterruptedException {
        assertThat(isAccepted(key)).isTrue();
        TestDatabase.execute("UPDATE api_key SET revoked_at = now() WHERE id = ?::uuid", id);

        assertThat(isAccepted(key)).isTrue();
        TimeUnit.MILLISECONDS.sleep(ApiKeyCache.TTL.toMillis() + 50);
        assertThat(isAccepted(key)).isFalse();
    }

    @Test
    void memoryEndsWithTheKey() throws InterruptedException {
        TestDatabase.execute(
                "UPDATE api_key SET expires_at = clock_timestamp() + interval '1 second' WHERE id = ?::uuid", id);
        assertThat(isAccepted(key)).isTrue();

        TimeUnit.MILLISECONDS.sleep(1_050);

        assertThat(isAccepted(key)).isFalse();
    }

    @Test
    void otherSecretIsNeverRemembered() {
        assertThat(isAccepted(key)).isTrue();
        var other = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");

        assertThat(isAccepted(other)).isFalse();
        assertThat(isAccepted(key)).isTrue();
    }

    /** A use that is due is recorded without waiting for the key's lock, and once. */
    @Test
    void lockedKeyIsAccepted() {
        TestDatabase.whileLocked("SELECT 1 FROM api_key WHERE id = ?::uuid FOR UPDATE", id, () -> {
            long start = System.nanoTime();
            assertThat(isAccepted(key)).isTrue();
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(1).toNanos());
        });
        assertThat(lastUse()).isNull();

        replica = new ApiKeyVerifier(lookup);
        assertThat(isAccepted(key)).isTrue();
        assertThat(lastUse()).isNotNull();
    }

    @Test
    void useIsRecordedAgainAfterHalfAMinute() {
        TestDatabase.execute("UPDATE api_key SET last_used_at = now() - interval '31 seconds' WHERE id = ?::uuid", id);
        var before = lastUse();
        assertThat(isAccepted(key)).isTrue();
        var after = lastUse();
        assertThat(after).isNotEqualTo(before);

        replica = new ApiKeyVerifier(lookup);
        assertThat(isAccepted(key)).isTrue();
        assertThat(lastUse()).isEqualTo(after);
    }

    @Test
    void unknownKeyIsRefused() {
        var unknown = KeyText.generate("ck", java.util.UUID.randomUUID());

        assertThat(isAccepted(unknown.text())).isFalse();
        assertThatThrownBy(() -> VertxContextSupport.subscribeAndAwait(
                        () -> replica.bearer(unknown.text()).orElseThrow()))
                .hasMessageNotContainingAny(unknown.text().replaceFirst(".*_", ""));
    }

    private String lastUse() {
        return TestDatabase.column("SELECT last_used_at::text FROM api_key WHERE id = ?::uuid", id)
                .get(0);
    }
}
