package io.clientela.support;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A new tenant with a caller that has all scopes, and requests over HTTP. */
public final class TestTenant {
    public static final String CUSTOMERS = "/v1/customers";
    public static final String API_KEYS = "/v1/api-keys";

    private final String name = "t-" + UUID.randomUUID();
    private final String token =
            TestTokens.of(name, "tester", TestTokens.allScopes().toArray(String[]::new));

    private TestTenant() {}

    public static TestTenant fresh() {
        return new TestTenant();
    }

    public String name() {
        return name;
    }

    /** Returns the token of the caller with all scopes. */
    public String token() {
        return token;
    }

    /** Returns a request of the caller with all scopes. */
    public RequestSpecification call() {
        return call(token);
    }

    /** Returns a request of another caller of this tenant, with only these scopes. */
    public RequestSpecification callWith(String... scopes) {
        return call(TestTokens.of(name, "limited", scopes));
    }

    /** Returns a request with this token. */
    public static RequestSpecification call(String token) {
        return given().spec(new RequestSpecBuilder()
                .addHeader("Authorization", "Bearer " + token)
                .setUrlEncodingEnabled(true)
                .build());
    }

    /** Returns a request with a JSON body. */
    public RequestSpecification json(String body) {
        return call().contentType(ContentType.JSON).body(body);
    }

    /** Creates a customer; the response must be 201. */
    public JsonPath create(String body) {
        return json(body).post(CUSTOMERS).then().statusCode(201).extract().jsonPath();
    }

    /** Creates a customer with only a name; returns its id. */
    public String createNamed(String name) {
        return create("{\"name\":\"" + name + "\"}").getString("id");
    }

    /** Creates an API key with a body like {@code "scopes":["customers:read"]}; the response must be 201. */
    public JsonPath createApiKey(String fields) {
        return json("{\"name\":\"Key\"," + fields + "}")
                .post(API_KEYS)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    /** Creates an API key with these scopes; returns the key itself. */
    public String apiKey(String... scopes) {
        return createApiKey("\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]")
                .getString("key");
    }

    /** Waits until all changed customers are compared with others. */
    public void awaitCompared() {
        for (int attempts = 400; attempts > 0; attempts--) {
            int pending = call().queryParam("page_size", 1)
                    .get("/v1/duplicates")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("meta.pending");
            if (pending == 0) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("There are customers that are not compared");
    }

    public Response get(String id) {
        return call().get(CUSTOMERS + "/" + id);
    }

    /** Patches a customer; the response must be 200. */
    public JsonPath patch(String id, String body) {
        return json(body)
                .patch(CUSTOMERS + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Returns a request for the JDK's HTTP client, which can be shared by threads. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }
}
