package io.clientela.privacy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A person with a text of its own in every text that the service stores, so that it can be found in any table. */
final class MarkedPerson {
    private static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestTenant tenant;
    private final String marker = "mk"
            + UUID.randomUUID().toString().replace("-", "").substring(0, 10).replaceAll("[0-9]", "q");
    private final String phone = "+5511" + (960_000_000 + Math.floorMod(marker.hashCode(), 30_000_000));
    private final int number = COUNT.incrementAndGet();
    private final List<String> ids = new ArrayList<>();

    MarkedPerson(TestTenant tenant) {
        this.tenant = tenant;
    }

    String marker() {
        return marker;
    }

    String email(String suffix) {
        return marker + suffix + "@example.com";
    }

    /** Returns what only this person has: the text, the phone, the birthday, the value, and hashes of the e-mails. */
    List<String> traces() {
        var markerInBytes = HexFormat.of().formatHex(marker.getBytes(StandardCharsets.UTF_8));
        return List.of(
                marker,
                markerInBytes,
                phone.substring(1),
                birthday(),
                value() + ".65",
                sha256(email("r")),
                sha256(email("s")));
    }

    /** Returns the ids of the person's customers. */
    List<String> ids() {
        return ids;
    }

    private String birthday() {
        return LocalDate.of(1931, 3, 7).plusDays(number).toString();
    }

    private int value() {
        return 4_321_000 + number;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a value for every field that callers write. */
    ObjectNode fields(String suffix) {
        var m = marker + suffix;
        var fields = JsonNodeFactory.instance.objectNode();
        for (String field : List.of(
                "external_id",
                "name",
                "first_name",
                "last_name",
                "company_name",
                "document",
                "state_registration",
                "source",
                "address",
                "notes")) {
            fields.put(field, field + " " + m);
        }
        fields.put("external_id", "e" + m).put("document", "D" + m).put("document_type", "other");
        fields.put("email", email(suffix)).put("phone", phone).put("avatar", "https://example.com/" + m + ".png");
        fields.put("birthday", birthday()).put("value", value() + 0.65).put("auto_payment", true);
        fields.putArray("tags").add("t" + m);
        fields.putObject("preferences").put("newsletter", true).put("whatsapp", false);
        fields.putObject("social").put("driver", "d" + m).put("id", "i" + m);
        fields.putObject("utm").put("source", "s" + m).put("campaign", "c" + m);
        fields.putObject("attributes").put("k" + m, "v" + m);
        return fields;
    }

    /** Creates a customer of the person with addresses, calls, orders, clusters, a password and one-time tokens. */
    String create(String suffix) {
        var main = cluster();
        var id = tenant.json(fields(suffix).put("cluster_id", main).toString())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("X-Request-Id", marker)
                .post(CUSTOMERS)
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        ids.add(id);
        var path = CUSTOMERS + "/" + id;
        addItems(path, suffix);
        tenant.call()
                .put("/v1/clusters/" + cluster() + "/customers/" + id)
                .then()
                .statusCode(204);
        put(path + "/role", "{\"role\":\"" + marker + "\"}", 200);
        put(path + "/password", "{\"new_password\":\"" + PASSWORD + "\"}", 204);
        logIn(suffix, PASSWORD, 201);
        issueTokens(id);
        logIn(suffix, "wrong " + PASSWORD, 401);
        importRefusedRow(suffix);
        addFailedDelivery(id);
        return id;
    }

    /** Stores that a receiver answered to an event with a text about the person. */
    private void addFailedDelivery(String id) {
        var webhook = UUID.randomUUID();
        TestDatabase.execute(
                "INSERT INTO webhook (tenant_id, id, url, types, payload, since, disabled_at, version, created_at, updated_at)"
                        + " VALUES (?, ?, '', '{}', 'full', pg_current_snapshot(), now(), 1, now(), now())",
                tenant.name(),
                webhook);
        TestDatabase.execute(
                "INSERT INTO webhook_delivery (tenant_id, webhook_id, id, type, subject_type, subject_id, subject_version,"
                        + " status, response_body, created_at, finished_at)"
                        + " VALUES (?, ?, ?, 'customer.created', 'customer', ?::uuid, 1, 'failed', ?, now(), now())",
                tenant.name(),
                webhook,
                UUID.randomUUID(),
                id,
                "unknown: " + marker);
    }

    private void importRefusedRow(String suffix) {
        var job = "/v1/imports/"
                + tenant.call()
                        .contentType("text/csv")
                        .body("email,phone,name\n" + email(suffix) + ",none,Name " + marker + "\n")
                        .post("/v1/imports")
                        .then()
                        .statusCode(202)
                        .extract()
                        .<String>path("id");
        tenant.call().accept("text/event-stream").get(job).then().statusCode(200);
        tenant.call().get(job).then().body("failed", equalTo(1));
    }

    void issueTokens(String id) {
        post(CUSTOMERS + "/" + id + "/email-verification", "{}", 201);
        post(CUSTOMERS + "/" + id + "/password-reset", "{}", 201);
    }

    private String cluster() {
        return tenant.json("{\"name\":\"" + UUID.randomUUID() + "\"}")
                .post("/v1/clusters")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void addItems(String path, String suffix) {
        var m = marker + suffix;
        post(path + "/addresses", address(m), 201);
        var removed = post(path + "/addresses", address(m), 201).extract().<String>path("id");
        tenant.call().delete(path + "/addresses/" + removed).then().statusCode(204);
        var call = post(
                        path + "/calls",
                        "{\"external_id\":\"call %1$s\",\"outcome\":\"%1$s\",\"notes\":\"%1$s\",\"duration_seconds\":60}"
                                .formatted(m),
                        201)
                .extract()
                .<String>path("id");
        tenant.json("{\"notes\":\"changed " + m + "\"}")
                .patch(path + "/calls/" + call)
                .then()
                .statusCode(200);
        post(path + "/orders", "{\"external_id\":\"order %1$s\",\"number\":\"%1$s\",\"total\":12.5}".formatted(m), 201);
    }

    private static String address(String m) {
        return """
                {"label":"%1$s","line1":"%1$s","line2":"%1$s","district":"%1$s","city":"%1$s","state":"%1$s",
                 "postal_code":"%2$s","country":"BR","is_default":true}""".formatted(m, m.substring(0, 12));
    }

    void logIn(String suffix, String password, int status) {
        given().header("X-Tenant", tenant.name())
                .contentType("application/json")
                .body("{\"email\":\"" + email(suffix) + "\",\"password\":\"" + password + "\"}")
                .post("/v1/sessions")
                .then()
                .statusCode(status);
    }

    /** Stores that a customer was likely the same as another one, is to be compared, and is not the same. */
    void addDuplicates(String id, String other) {
        TestDatabase.execute(
                "INSERT INTO duplicate_pair SELECT ?, least(a, b), greatest(a, b), 0.5, '{same_email}'"
                        + " FROM (SELECT ?::uuid AS a, ?::uuid AS b) AS pair ON CONFLICT DO NOTHING",
                tenant.name(),
                id,
                other);
        post("/v1/duplicates/dismiss", "{\"customer_ids\":[\"" + id + "\",\"" + other + "\"]}", 204);
    }

    /** Sends a request with an {@code Idempotency-Key} of its own. */
    ValidatableResponse post(String path, String body, int status) {
        return tenant.json(body)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(path)
                .then()
                .statusCode(status);
    }

    private void put(String path, String body, int status) {
        tenant.json(body).put(path).then().statusCode(status);
    }
}
