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

/** A tenant of its own for each test, with a caller who may do everything and calls over HTTP. */
public final class TestTenant {
    public static final String CUSTOMERS = "/v1/customers";

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

    /** The token of the caller who may do everything. */
    public String token() {
        return token;
    }

    /** A request of the caller who may do everything. */
    public RequestSpecification call() {
        return call(token);
    }

    /** A request of a caller of this tenant with just these scopes. */
    public RequestSpecification callWith(String... scopes) {
        return call(TestTokens.of(name, "limited", scopes));
    }

    /** A request with any token. */
    public static RequestSpecification call(String token) {
        return given().spec(new RequestSpecBuilder()
                .addHeader("Authorization", "Bearer " + token)
                .setUrlEncodingEnabled(true)
                .build());
    }

    /** A request with a JSON body. */
    public RequestSpecification json(String body) {
        return call().contentType(ContentType.JSON).body(body);
    }

    /** Creates a customer, who must be accepted. */
    public JsonPath create(String body) {
        return json(body).post(CUSTOMERS).then().statusCode(201).extract().jsonPath();
    }

    /** Creates a customer of whom only the name matters. */
    public String createNamed(String name) {
        return create("{\"name\":\"" + name + "\"}").getString("id");
    }

    public Response get(String id) {
        return call().get(CUSTOMERS + "/" + id);
    }

    /** Changes a customer, which must be accepted. */
    public JsonPath patch(String id, String body) {
        return json(body)
                .patch(CUSTOMERS + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** A request for the JDK's client, which many threads can share. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }
}
