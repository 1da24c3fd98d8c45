package io.clientela.identity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upserts of one customer over HTTP. */
@QuarkusTest
class UpsertTest extends ApiTest {
    private static final String UPSERT = CUSTOMERS + "/upsert";
    private static final String ANA = """
            {"name":"Ana","email":"ana@example.com"}""";
    private static final String BOB = """
            {"name":"Bob","phone":"+5511988887777"}""";

    private final TestTenant tenant = TestTenant.fresh();

    private ValidatableResponse upsert(String body) {
        return tenant.json(body).post(UPSERT).then();
    }

    private String create(String body) {
        return tenant.create(body).getString("id");
    }

    private int count() {
        return tenant.call().get(CUSTOMERS).jsonPath().getInt("meta.total_count");
    }

    @Test
    void upsertWithoutMatchCreatesCustomer() {
        var created = upsert("""
                {"name":"Ana Costa","email":"ana@example.com","tags":["a"],"added_tags":["b"]}""")
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("outcome", equalTo("created"))
                .body("matched_on", equalTo(List.of()))
                .body("customer.name", equalTo("Ana Costa"))
                .body("customer.tags", contains("a", "b"))
                .extract();

        created.response().then().header("Location", endsWith(CUSTOMERS + "/" + created.path("customer.id")));
        tenant.get(created.path("customer.id")).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"external_id\":\"crm-1\" | external_id",
                "\"document\":\"52998224725\" | document",
                "\"email\":\" ANA@Example.com\" | email",
                "\"phone\":\"011 8888-7777\" | phone"
            })
    void upsertMatchingAnyIdentifierUpdatesCustomer(String identifier, String kind) {
        var id = create("""
                {"name":"Ana","external_id":"crm-1","document":"529.982.247-25","email":"ana@example.com",
                 "phone":"+55 11 98888-7777","notes":"kept"}""");

        upsert("{\"company_name\":\"Costa Ltda\"," + identifier + "}")
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("outcome", equalTo("updated"))
                .body("matched_on", contains(kind))
                .body("customer.id", equalTo(id))
                .body("customer.company_name", equalTo("Costa Ltda"))
                .body("customer.notes", equalTo("kept"));

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void repeatedUpsertChangesNothing() {
        var body = """
                {"name":"Ana","email":"ana@example.com","value":12.5,"added_tags":["x"]}""";
        String id = upsert(body).statusCode(201).extract().path("customer.id");

        upsert(body).statusCode(200).body("outcome", equalTo("unchanged")).body("customer.version", equalTo(1));
        tenant.call().get(CUSTOMERS + "/" + id + "/history").then().body("meta.total_count", equalTo(1));
    }

    @Test
    void upsertClearsNullAndKeepsAbsentFields() {
        tenant.create("""
                {"name":"Ana","email":"ana@example.com","notes":"x","source":"web"}""");

        upsert("""
                {"email":"ana@example.com","notes":null}""")
                .statusCode(200)
                .body("customer.notes", nullValue())
                .body("customer.source", equalTo("web"))
                .body("customer.name", equalTo("Ana"));
    }

    @Test
    void tagsReplaceAndAddedTagsExtend() {
        tenant.create("""
                {"name":"Ana","email":"ana@example.com","tags":["a","b"]}""");
        var added = """
                {"email":"ana@example.com","added_tags":[" c ","a"]}""";
        var replaced = """
                {"email":"ana@example.com","tags":["z"]}""";
        var replacedAndAdded = """
                {"email":"ana@example.com","tags":["y"],"added_tags":["x"]}""";
        var clearedAndAdded = """
                {"email":"ana@example.com","tags":null,"added_tags":["w"]}""";

        upsert(added).body("customer.tags", contains("a", "b", "c"));
        upsert(replaced).body("customer.tags", contains("z"));
        upsert(replacedAndAdded).body("customer.tags", contains("y", "x"));
        upsert(clearedAndAdded).body("customer.tags", contains("w"));
    }

    @Test
    void doNotUpdateLeavesMatchUnchanged() {
        var id = create(ANA);

        upsert("""
                {"name":"Other","email":"ana@example.com","do_not_update":true}""")
                .statusCode(200)
                .body("outcome", equalTo("unchanged"))
                .body("customer.id", equalTo(id))
                .body("customer.name", equalTo("Ana"));
        upsert("""
                {"name":"New","email":"new@example.com","do_not_update":true}""").statusCode(201);
    }

    @Test
    void identifiersOfSeveralCustomersReturn409() {
        var ana = create(ANA);
        var bob = create(BOB);

        upsert("""
                {"name":"Who","email":"ana@example.com","phone":"11 98888-7777"}""")
                .statusCode(409)
                .body("code", equalTo("ambiguous_match"))
                .body("customer_ids", containsInAnyOrder(ana, bob));
        tenant.get(ana).then().body("version", equalTo(1));
        tenant.get(bob).then().body("version", equalTo(1));

        assertThat(count()).isEqualTo(2);
    }

    @Test
    void matchOnLimitsMatchedIdentifiers() {
        var ana = create(ANA);
        tenant.create(BOB);

        upsert("""
                {"name":"Ana C","email":"ana@example.com","phone":"11988887777","match_on":["email"]}""")
                .statusCode(200)
                .body("matched_on", contains("email"))
                .body("customer.id", equalTo(ana))
                .body("customer.phone", equalTo("11988887777"));
    }

    @ParameterizedTest
    @CsvSource({"document, 529.982.247-25, 111.444.777-35", "external_id, crm-1, crm-2"})
    void weakMatchOfAnotherPersonReturns409(String field, String own, String other) {
        var id = tenant.create("""
                        {"name":"Ana","phone":"+5511988887777","%s":"%s"}""".formatted(field, own)).getString("id");
        var upsert = """
                {"name":"Bruno","phone":"+5511988887777","%s":"%s"%s}""";

        tenant.json(upsert.formatted(field, other, ""))
                .post(UPSERT)
                .then()
                .statusCode(409)
                .body("code", equalTo("identity_conflict"))
                .body("customer_ids", equalTo(List.of(id)))
                .body("fields", equalTo(List.of(field)));
        tenant.get(id).then().body("name", equalTo("Ana")).body("version", equalTo(1));

        tenant.json(upsert.formatted(field, other, ",\"match_on\":[\"phone\"]"))
                .post(UPSERT)
                .then()
                .statusCode(200)
                .body("customer.name", equalTo("Bruno"))
                .body("customer." + field, equalTo(other));
    }

    @Test
    void strongMatchMayChangeWeakIdentifiers() {
        tenant.create("""
                {"name":"Ana","external_id":"x","document":"529.982.247-25","phone":"+5511988887777"}""");

        tenant.json("""
                        {"external_id":"x","document":"111.444.777-35","phone":"+5511977776666"}""")
                .post(UPSERT)
                .then()
                .statusCode(200)
                .body("outcome", equalTo("updated"))
                .body("matched_on", equalTo(List.of("external_id")))
                .body("customer.document", equalTo("111.444.777-35"));
    }

    @ParameterizedTest
    @CsvSource({"document, 000.000.000-00", "phone, (11) 99999-9999", "email, no@email"})
    void placeholdersMatchNobody(String field, String value) {
        var body = """
                {"name":"%s","%s":"%s"}""";

        for (String name : List.of("Ana", "Bruno")) {
            tenant.json(body.formatted(name, field, value))
                    .post(UPSERT)
                    .then()
                    .statusCode(201)
                    .body("customer." + field, equalTo(value));
        }
        tenant.json(body.formatted("Carla", field, value))
                .queryParam("on_duplicate", "reject")
                .post(CUSTOMERS)
                .then()
                .statusCode(201);
    }

    @Test
    void identifierOfManyIsAmbiguousAndNotLoaded() {
        var shared = IntStream.range(0, 60)
                .mapToObj(i -> "{\"name\":\"Clerk\",\"email\":\"desk@example.com\",\"external_id\":\"" + i
                        + "\",\"match_on\":[\"external_id\"]}")
                .collect(Collectors.joining(",", "{\"customers\":[", "]}"));
        tenant.json(shared).post(CUSTOMERS + "/batch").then().body("meta.created", equalTo(60));

        tenant.json("{\"email\":\"desk@example.com\"}")
                .post(UPSERT)
                .then()
                .statusCode(409)
                .body("code", equalTo("ambiguous_match"))
                .body("customer_ids", hasSize(20));
        tenant.json(
                        "{\"email\":\"desk@example.com\",\"external_id\":\"7\",\"match_on\":[\"external_id\"],\"notes\":\"x\"}")
                .post(UPSERT)
                .then()
                .statusCode(200)
                .body("outcome", equalTo("updated"));
    }

    @Test
    void upsertWritesEveryFieldThatCreateWrites() {
        var fields = """
                "type":"company","name":"Acme","first_name":"Jane","last_name":"Smith","company_name":"Acme Ltd",
                "state_registration":"1","source":"web","avatar":"https://example.com/a.png","birthday":"1990-01-02",
                "address":"1 Road","tags":["a","b"],"location_id":"here","value":12.5,"auto_payment":true,
                "notes":"line\\none","preferences":{"order_updates":true,"promotions":false,"whatsapp":true},
                "social":{"driver":"x","id":"1"},"utm":{"source":"s","campaign":"c"},"attributes":{"b":1.50,"a":[null]}
                """;
        var strong =
                "\"document\":\"529.982.247-25\",\"document_type\":\"cpf\",\"email\":\"Jane@Example.com\",\"phone\":\"11 98888-7777\"";

        var created = tenant.create("{" + fields + "," + strong + "}").getMap("$");
        var other = TestTenant.fresh();
        var upserted = other.json("{" + fields + "," + strong + "}")
                .post(UPSERT)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getMap("customer");
        var third = TestTenant.fresh();
        third.create("{\"name\":\"X\",\"document\":\"529.982.247-25\"}");
        var updated = third.json("{" + fields + "," + strong + "}")
                .post(UPSERT)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("customer");

        var set = List.of("id", "number", "created_at", "updated_at", "version");
        for (Map<?, ?> customer : List.of(created, upserted, updated)) {
            set.forEach(customer::remove);
        }
        assertThat(upserted).isEqualTo(created);
        assertThat(updated).isEqualTo(created);
        var stored = other.call().get(CUSTOMERS).jsonPath().getMap("data[0]");
        set.forEach(stored::remove);
        assertThat(stored).isEqualTo(created);
    }

    @Test
    void externalIdOfAnotherCustomerReturns409() {
        tenant.create(ANA);
        var bob = create("""
                {"name":"Bob","external_id":"b"}""");
        var matching = """
                {"email":"ana@example.com","external_id":"b","match_on":["email"]}""";
        var matchingNone = """
                {"name":"X","email":"x@example.com","external_id":"b","match_on":["email"]}""";

        upsert(matching)
                .statusCode(409)
                .body("code", equalTo("duplicate_customer"))
                .body("customer_ids", contains(bob));
        upsert(matchingNone).statusCode(409).body("code", equalTo("duplicate_customer"));

        assertThat(count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"A\"} | '' | identifier_required",
                "{\"email\":\"new@example.com\"} | /name | required",
                "{\"email\":\"a@b.c\",\"match_on\":[\"phone\"]} | /match_on/0 | conflict",
                "{\"email\":\"a@b.c\",\"match_on\":[]} | /match_on | invalid_length",
                "{\"email\":\"a@b.c\",\"match_on\":[\"name\"]} | /match_on/0 | invalid_value",
                "{\"email\":\"a@b.c\",\"match_on\":[null]} | /match_on/0 | required",
                "{\"email\":\"a@b.c\",\"added_tags\":[\" \"]} | /added_tags/0 | invalid_length",
                "{\"email\":\"a@b.c\",\"added_tags\":\"x\"} | /added_tags | invalid_type",
                "{\"email\":\"a@b.c\",\"do_not_update\":\"yes\"} | /do_not_update | invalid_type",
                "{\"email\":\"a@b.c\",\"nmae\":\"x\"} | /nmae | unknown_field",
                "{\"email\":\"a@b.c\",\"phone\":\"call me\"} | /phone | invalid_format"
            })
    void invalidUpsertReturns422(String body, String field, String code) {
        upsert(body).statusCode(422).body("errors.find { it.field == '" + field + "' }.code", equalTo(code));

        assertThat(count()).isZero();
    }

    @Test
    void invalidUpsertReturnsAllErrors() {
        var body = """
                {"email":"x","added_tags":[""],"nope":1}""";

        upsert(body).statusCode(422).body("errors.field", containsInAnyOrder("/email", "/added_tags/0", "/nope"));
    }

    @Test
    void repeatedIdempotencyKeyReturnsFirstResponse() {
        for (var replayed : new String[] {null, "true"}) {
            tenant.json(ANA)
                    .header("Idempotency-Key", "k1")
                    .post(UPSERT)
                    .then()
                    .statusCode(201)
                    .header("Idempotency-Replayed", replayed)
                    .body("outcome", equalTo("created"));
        }
    }

    /** Any two of these upserts share an identifier, so all later ones must match the first. */
    @Test
    void concurrentUpsertsCreateOneCustomer() {
        var bodies = """
                {"name":"A","email":"ana@example.com","phone":"11988887777"}
                {"name":"B","phone":"+55 11 8888-7777","document":"529.982.247-25"}
                {"name":"C","document":"52998224725","email":"ANA@example.com"}
                {"name":"D","document":"52998224725","email":"ANA@example.com","phone":"11988887777","external_id":"d"}
                """.lines().toList();

        for (int round = 0; round < 5; round++) {
            var fresh = TestTenant.fresh();
            var responses = Parallel.sendUntilServed(40, i -> fresh.request(UPSERT)
                    .POST(BodyPublishers.ofString(bodies.get(i % bodies.size())))
                    .build());
            assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200, 201);
            assertThat(responses)
                    .filteredOn(response -> response.statusCode() == 201)
                    .hasSize(1);
            assertThat(fresh.call().get(CUSTOMERS).jsonPath().getInt("meta.total_count"))
                    .isEqualTo(1);
        }
    }

    @Test
    void concurrentUpsertsAndUpdatesKeepCustomers() {
        var ids = IntStream.range(0, 4)
                .mapToObj(i -> tenant.create("{\"name\":\"N" + i + "\",\"email\":\"n" + i
                                + "@example.com\",\"external_id\":\"" + i + "\"}")
                        .getString("id"))
                .toList();

        var responses = Parallel.sendUntilServed(
                48,
                i -> i % 2 == 0
                        ? tenant.request(UPSERT)
                                .POST(BodyPublishers.ofString("{\"name\":\"U\",\"external_id\":\"" + i % 4
                                        + "\",\"email\":\"n" + (i / 4) % 4 + "@example.com\"}"))
                                .build()
                        : tenant.request(CUSTOMERS + "/" + ids.get(i % 4))
                                .method(
                                        "PATCH",
                                        BodyPublishers.ofString("{\"email\":\"n" + (i / 4) % 4 + "@example.com\"}"))
                                .build());

        assertThat(responses).extracting(HttpResponse::statusCode).isSubsetOf(200, 201, 409);
        assertThat(tenant.call().get(CUSTOMERS).jsonPath().<String>getList("data.external_id"))
                .containsExactlyInAnyOrder("0", "1", "2", "3");
    }

    @Test
    void upsertWritesEventOfItsChange() {
        tenant.create(ANA);
        String id = upsert("""
                {"email":"ana@example.com","status":"blocked"}""").extract().path("customer.id");

        tenant.call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .body("data.type", hasItem("customer.status_changed"));
    }
}
