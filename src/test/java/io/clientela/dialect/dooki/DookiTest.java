package io.clientela.dialect.dooki;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.clientela.dialect.ExampleShape;
import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DookiTest extends ApiTest {
    private static final String MARIA = """
            {"name":"Maria Silva","company_name":"Silva ME","email":"maria@example.com","phone":"(16) 98187-5668",
             "document":"123.456.789-00","state_registration":"110.042.490.114","birthday":"1990-12-25",
             "notes":"VIP","preferences":{"newsletter":true,"whatsapp":false},
             "social":{"driver":"google","id":"1234567890"},"utm":{"source":"google","campaign":"natal"},
             "attributes":{"ip":"203.0.113.7","token":"t","login_url":"https://loja.example/login","brands":["A","B"],
                           "purchased_brands":"A","categories":"C","purchased_categories":"D"}}""";
    private static final String ADDRESS = """
            {"label":"Casa","line1":"Rua das Flores, 123","line2":"apto 4","district":"Centro","city":"Araraquara",
             "state":"SP","postal_code":"14801-000","country":"BR"}""";

    private final TestTenant tenant = TestTenant.fresh();
    private final String path = "/v2/" + tenant.name() + "/customers";

    private String add(String id, String items, String body) {
        return tenant.json(body)
                .post(CUSTOMERS + "/" + id + items)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String cluster(String name) {
        return tenant.json("{\"name\":\"" + name + "\",\"description\":\"x\"}")
                .post("/v1/clusters")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Creates a customer with a value for every field of the page. */
    private JsonPath maria() {
        var maria = tenant.create(MARIA);
        var id = maria.getString("id");
        tenant.patch(id, "{\"cluster_id\":\"" + cluster("Gold") + "\"}");
        add(id, "/addresses", "{\"line1\":\"Rua B, 1\",\"is_default\":false}");
        add(id, "/addresses", ADDRESS.replace("{\"label\"", "{\"is_default\":true,\"label\""));
        add(id, "/orders", "{\"number\":\"1\",\"total\":10,\"placed_at\":\"2023-11-01T00:00:00Z\"}");
        add(id, "/orders", "{\"number\":\"2\",\"total\":199.9,\"placed_at\":\"2023-11-07T05:31:56.123Z\"}");
        return maria;
    }

    private String path(JsonPath customer) {
        return path + "/" + customer.getLong("number");
    }

    private RequestSpecification key() {
        var key = tenant.apiKey("customers:read").split("_");
        return given().header("User-Token", key[1]).header("User-Secret-Key", key[2]);
    }

    @Test
    void listIsAsDocumented() {
        maria();

        var answer = key().get(path).then().statusCode(200).extract().asString();

        // Nobody has both documents.
        ExampleShape.of("dooki/list").ofPlaceholders().butFor("/data/0/cnpj").assertMatches(answer);
    }

    @Test
    void customerHasEveryField() {
        var maria = maria();
        int tenantNumber = DookiTenant.number(tenant.name());

        key().get(path(maria))
                .then()
                .statusCode(200)
                .body("data.id", equalTo(maria.getInt("number")))
                .body("data.merchant_id", equalTo(tenantNumber))
                .body("data.marketplace_id", equalTo(tenantNumber))
                .body("data.active", equalTo(true))
                .body("data.type", equalTo("F"))
                .body("data.first_name", equalTo("Maria"))
                .body("data.last_name", equalTo("Silva"))
                .body("data.generic_name", equalTo("Silva ME"))
                .body("data.razao_social", equalTo("Silva ME"))
                .body("data.cpf", equalTo("123.456.789-00"))
                .body("data.cnpj", nullValue())
                .body("data.phone.area_code", equalTo("16"))
                .body("data.phone.full_number", equalTo("16981875668"))
                .body("data.phone.number", equalTo("981875668"))
                .body("data.phone.formated_number", equalTo("(16) 98187-5668"))
                .body("data.phone.whatsapp_link", equalTo("https://wa.me/5516981875668"))
                .body("data.newsletter", equalTo(true))
                .body("data.whatsapp", equalTo(false))
                .body("data.social_driver", equalTo("google"))
                .body("data.social_id", equalTo(1234567890))
                .body("data.birthday", equalTo("1990-12-25"))
                .body("data.ip", equalTo("203.0.113.7"))
                .body("data.token", equalTo("t"))
                .body("data.login_url", equalTo("https://loja.example/login"))
                .body("data.utm_source", equalTo("google"))
                .body("data.utm_campaign", equalTo("natal"))
                .body("data.anonymized", equalTo(false))
                .body("data", not(hasKey("addresses")));
    }

    @Test
    void spreadsheetHasAddressPhoneAndLastOrder() {
        var maria = maria();

        key().get(path(maria))
                .then()
                .body("data.spreadsheet.data.street", equalTo("Rua das Flores"))
                .body("data.spreadsheet.data.number", equalTo("123"))
                .body("data.spreadsheet.data.complement", equalTo("apto 4"))
                .body("data.spreadsheet.data.neighborhood", equalTo("Centro"))
                .body("data.spreadsheet.data.city", equalTo("Araraquara"))
                .body("data.spreadsheet.data.uf", equalTo("SP"))
                .body("data.spreadsheet.data.phone", equalTo("(16) 98187-5668"))
                .body("data.spreadsheet.data.phone_number", equalTo("981875668"))
                .body("data.spreadsheet.data.phone_code", equalTo("16"))
                .body("data.spreadsheet.data.last_order_date.date", equalTo("2023-11-07T05:31:56Z"))
                .body("data.spreadsheet.data.last_order_date.timezone", equalTo("UTC"))
                .body("data.spreadsheet.data.last_order_date.timezone_type", equalTo(3))
                .body("data.spreadsheet.data.last_order_value", equalTo("199.90"))
                .body("data.spreadsheet.data.brands", equalTo("A, B"))
                .body("data.spreadsheet.data.purchased_brands", equalTo("A"))
                .body("data.spreadsheet.data.categories", equalTo("C"))
                .body("data.spreadsheet.data.purchased_categories", equalTo("D"));
    }

    @Test
    void unknownValuesAreNull() {
        var company = tenant.create("{\"company_name\":\"ACME\",\"type\":\"company\",\"status\":\"inactive\","
                + "\"document\":\"11222333000181\"}");

        var json = key().get(path(company)).then().statusCode(200).extract().jsonPath();

        assertThat(json.getMap("data"))
                .hasSize(29)
                .containsEntry("type", "J")
                .containsEntry("active", false)
                .containsEntry("cnpj", "11.222.333/0001-81")
                .containsEntry("generic_name", "ACME");
        for (String name : "cluster_id first_name last_name cpf phone email birthday newsletter whatsapp social_driver"
                .split(" ")) {
            assertThat(json.<Map<String, Object>>get("data")).as(name).containsEntry(name, null);
        }
        assertThat(json.getMap("data.spreadsheet.data")).hasSize(15).allSatisfy((name, value) -> assertThat(value)
                .as(String.valueOf(name))
                .isNull());
    }

    @Test
    void includeAddsData() {
        var maria = maria();

        for (String data : new String[] {"data[0]", "data"}) {
            key().get((data.equals("data") ? path(maria) : path) + "?include=addresses,stats,clusters")
                    .then()
                    .statusCode(200)
                    .body(data + ".addresses.data.street", contains("Rua B", "Rua das Flores"))
                    .body(data + ".addresses.data[1].zipcode", equalTo("14801-000"))
                    .body(data + ".stats.data.total_orders", equalTo(2))
                    .body(data + ".stats.data.total_spent", equalTo("209.90"))
                    .body(data + ".stats.data.avg_order_value", equalTo("104.95"))
                    .body(data + ".stats.data.last_order_date", equalTo("2023-11-07"))
                    .body(data + ".clusters.data.name", contains("Gold"));
        }
    }

    @Test
    void clusterHasNumber() {
        var maria = maria();
        var second = cluster("Black");
        tenant.call()
                .put("/v1/clusters/" + second + "/customers/" + maria.getString("id"))
                .then()
                .statusCode(204);

        var clusters = key().get(path(maria) + "/clusters")
                .then()
                .statusCode(200)
                .body("data.name", contains("Black", "Gold"))
                .extract()
                .jsonPath();

        int gold = key().get(path(maria)).path("data.cluster_id");
        assertThat(clusters.getInt("data[1].id")).isEqualTo(gold).isPositive();
        assertThat(clusters.getInt("data[0].id")).isNotEqualTo(gold);
    }

    @Test
    void addressesAreListed() {
        key().get(path(maria()) + "/addresses")
                .then()
                .statusCode(200)
                .body("data.street", contains("Rua B", "Rua das Flores"))
                .body("data.number", contains("1", "123"))
                .body("data.is_default", contains(false, true));
        key().get(path(tenant.create("{\"name\":\"A\"}")) + "/addresses")
                .then()
                .statusCode(200)
                .body("data.size()", equalTo(0));
    }

    @Test
    void listHasPages() {
        for (int i = 0; i < 5; i++) {
            tenant.createNamed("Ana " + i);
        }
        var url = RestAssured.baseURI + ":" + RestAssured.port + path;

        key().get(path + "?q=ana&limit=2&page=2")
                .then()
                .statusCode(200)
                .body("data.name", contains("Ana 2", "Ana 3"))
                .body("meta.pagination.total", equalTo("5"))
                .body("meta.pagination.count", equalTo("2"))
                .body("meta.pagination.per_page", equalTo("2"))
                .body("meta.pagination.current_page", equalTo("2"))
                .body("meta.pagination.total_pages", equalTo("3"))
                .body("meta.pagination.links.previous", startsWith(url))
                .body("meta.pagination.links.previous", endsWith("page=1"))
                .body("meta.pagination.links.next", endsWith("page=3"));
        String next = key().get(path + "?q=ana&limit=2&page=2").path("meta.pagination.links.next");
        key().urlEncodingEnabled(false)
                .get(next)
                .then()
                .statusCode(200)
                .body("data.name", contains("Ana 4"))
                .body("meta.pagination.links.next", equalTo(""));
    }

    @Test
    void listOfNobodyHasNoPages() {
        key().get(path)
                .then()
                .body("data.size()", equalTo(0))
                .body("meta.pagination.total", equalTo("0"))
                .body("meta.pagination.per_page", equalTo("10"))
                .body("meta.pagination.total_pages", equalTo("0"))
                .body("meta.pagination.links.previous", equalTo(""))
                .body("meta.pagination.links.next", equalTo(""));
    }

    @Test
    void customerIsFoundByNationalPhone() {
        maria();

        key().get(path + "?q=(16) 98187-5668").then().body("data.name", contains("Maria Silva"));
    }

    @Test
    void numberOfMergedCustomerMeansSurvivor() {
        var target = tenant.create("{\"name\":\"Target\"}");
        var source = tenant.create("{\"name\":\"Source\"}");
        var first = merge(target, source);
        var last = tenant.create("{\"name\":\"Last\"}");
        var second = merge(last, target);

        assertNamed(source, "Last");
        undo(second);
        assertNamed(source, "Target");
        undo(first);
        assertNamed(source, "Source");
    }

    /** An erasure clears the snapshots of merged customers. */
    @Test
    void numberOfMergedCustomerOutlastsErasure() {
        var target = tenant.create("{\"name\":\"Target\"}");
        var source = tenant.create("{\"name\":\"Source\"}");
        merge(target, source);

        tenant.call()
                .post(CUSTOMERS + "/" + target.getString("id") + "/erasure")
                .then()
                .statusCode(200);

        key().get(path(source))
                .then()
                .statusCode(200)
                .body("data.id", equalTo(target.getInt("number")))
                .body("data.anonymized", equalTo(true));
    }

    /** The version before this one does not write the column. */
    @Test
    void migrationAddsNumbersOfMergedCustomers() throws Exception {
        var target = tenant.create("{\"name\":\"Target\"}");
        var source = tenant.create("{\"name\":\"Source\"}");
        merge(target, source);
        TestDatabase.execute("UPDATE merged_customer SET number = NULL WHERE id = ?::uuid", source.getString("id"));
        key().get(path(source)).then().statusCode(404);

        try (var file = getClass().getResourceAsStream("/db/migration/V29_3__numbers_of_merged_customers.sql")) {
            TestDatabase.execute(new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }

        assertNamed(source, "Target");
    }

    private String merge(JsonPath target, JsonPath source) {
        return tenant.json("{\"target_id\":\"" + target.getString("id") + "\",\"source_ids\":[\""
                        + source.getString("id") + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .extract()
                .path("merge_id");
    }

    private void undo(String merge) {
        tenant.call().post("/v1/merges/" + merge + "/undo").then().statusCode(200);
    }

    private void assertNamed(JsonPath customer, String name) {
        for (String items : new String[] {"", "/addresses", "/clusters"}) {
            key().get(path(customer) + items).then().statusCode(200);
        }
        key().get(path(customer)).then().body("data.name", equalTo(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "01", "1.0", "x", "99999999999999999999", "999999999999999999"})
    void unknownNumberReturns404(String number) {
        for (String items : new String[] {"", "/addresses", "/clusters"}) {
            key().get(path + "/" + number + items)
                    .then()
                    .statusCode(404)
                    .header("X-Problem-Code", "not_found")
                    .body("errors", anEmptyMap());
        }
    }

    @Test
    void customerOfAnotherTenantReturns404() {
        var other = TestTenant.fresh();
        var number = other.create("{\"name\":\"Jane\"}").getLong("number");

        key().get(path + "/" + number).then().statusCode(404);
        key().get("/v2/" + other.name() + "/customers/" + number)
                .then()
                .statusCode(403)
                .header("X-Problem-Code", "tenant_forbidden")
                .body("message", startsWith("The credentials are not for the store"));
    }

    @Test
    void customerOfAnotherLocationReturns404() {
        var target = tenant.create("{\"name\":\"Jane\",\"location_id\":\"north\"}");
        var source = tenant.create("{\"name\":\"Jane\",\"location_id\":\"north\"}");
        var south = TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("location", "south");
            claims.setStringClaim("scope", "customers:read");
        });
        merge(target, source);

        for (var each : List.of(target, source)) {
            TestTenant.call(south).get(path(each)).then().statusCode(404);
            TestTenant.call(south).get(path(each) + "/addresses").then().statusCode(404);
        }
        TestTenant.call(south).get(path).then().body("data.size()", equalTo(0));
    }

    @Test
    void credentialsAreRequired() {
        var key = tenant.apiKey("customers:read").split("_");

        given().get(path)
                .then()
                .statusCode(401)
                .header("X-Problem-Code", "unauthenticated")
                .body("message", startsWith("Send the headers User-Token"))
                .body("errors", anEmptyMap());
        for (var call : new RequestSpecification[] {
            given().header("User-Token", key[1]),
            given().header("User-Secret-Key", key[2]),
            given().header("User-Token", key[1]).header("User-Secret-Key", "f".repeat(64)),
            tenant.call().header("User-Token", UUID.randomUUID()).header("User-Secret-Key", key[2])
        }) {
            call.get(path)
                    .then()
                    .statusCode(401)
                    .header("X-Problem-Code", "invalid_token")
                    .body("message", startsWith("User-Token and User-Secret-Key were not accepted"));
        }
    }

    @Test
    void keyWithOtherPrefixIsSentWhole() {
        var key = tenant.createApiKey("\"scopes\":[\"customers:read\"],\"prefix\":\"shop\"");

        given().header("User-Token", key.getString("id"))
                .header("User-Secret-Key", key.getString("key"))
                .get(path)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "page=0, page",
        "limit=101, limit",
        "limit=0, limit",
        "include=orders, include",
        "include=stats%2Cstats, include",
        "page_size=1, page_size",
        "surprise=1, surprise"
    })
    void invalidParameterReturns400(String query, String name) {
        key().urlEncodingEnabled(false)
                .get(path + "?" + query)
                .then()
                .statusCode(400)
                .header("X-Problem-Code", "invalid_parameter")
                .body("message", startsWith(name + " "))
                .body("errors." + name + ".size()", equalTo(1));
    }
}
