package io.clientela.transfer.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.TestTenant;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Sends files and waits for their imports. */
final class ImportFixture {
    static final String IMPORTS = "/v1/imports";

    private ImportFixture() {}

    static Response send(TestTenant tenant, String query, String contentType, byte[] file) {
        return tenant.call().contentType(contentType).body(file).post(IMPORTS + query);
    }

    static Response sendCsv(TestTenant tenant, String query, String file) {
        return send(tenant, query, "text/csv", file.getBytes(StandardCharsets.UTF_8));
    }

    /** Imports a file and returns the import when it has ended. */
    static JsonPath csv(TestTenant tenant, String query, String file) {
        return end(tenant, sendCsv(tenant, query, file));
    }

    static JsonPath ndjson(TestTenant tenant, String query, String file) {
        return end(tenant, send(tenant, query, "application/x-ndjson", file.getBytes(StandardCharsets.UTF_8)));
    }

    static JsonPath end(TestTenant tenant, Response accepted) {
        accepted.then().statusCode(202);
        return end(tenant, accepted.jsonPath().getString("id"));
    }

    static JsonPath end(TestTenant tenant, String id) {
        for (int i = 0; i < 600; i++) {
            var job = tenant.call()
                    .get(IMPORTS + "/" + id)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            if (!job.getString("status").matches("uploading|queued|running")) {
                return job;
            }
            sleep();
        }
        throw new AssertionError("The import does not end");
    }

    /** Waits until the tenant has an import and returns its id. */
    static String first(TestTenant tenant) {
        for (int i = 0; i < 200; i++) {
            var ids = tenant.call().get(IMPORTS).jsonPath().getList("data.id", String.class);
            if (!ids.isEmpty()) {
                return ids.get(0);
            }
            sleep();
        }
        throw new AssertionError("No import begins");
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void assertCounts(JsonPath job, int created, int updated, int unchanged, int failed) {
        assertThat(job.getString("status")).isEqualTo("completed");
        assertThat(new int[] {
                    job.getInt("created"), job.getInt("updated"), job.getInt("unchanged"), job.getInt("failed")
                })
                .containsExactly(created, updated, unchanged, failed);
    }
}
