package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fields} on one customer and on lists. */
@QuarkusTest
class FieldSelectionTest extends ApiTest {
    private static final String JANE = """
            {"name":"Jane Smith","email":"jane@example.com","tags":["a"],"attributes":{"b":1.50},
            "preferences":{"newsletter":true},"utm":{"source":"s"},"value":3}""";

    private final TestTenant tenant = TestTenant.fresh();

    private JsonPath get(String path) {
        return tenant.call().get(path).then().statusCode(200).extract().jsonPath();
    }

    @Test
    void onlyTheFieldsAskedForAreAnswered() {
        var id = tenant.create(JANE).getString("id");

        assertThat(get(CUSTOMERS + "/" + id + "?fields=name,tags").getMap("$"))
                .isEqualTo(Map.of("name", "Jane Smith", "tags", List.of("a")));
        assertThat(get(CUSTOMERS + "?fields=email,id").getMap("data[0]"))
                .isEqualTo(Map.of("id", id, "email", "jane@example.com"));
    }

    @Test
    void everyFieldCanBeAskedFor() {
        var id = tenant.create(JANE).getString("id");
        var all = get(CUSTOMERS + "/" + id).getMap("$");

        for (var field : all.entrySet()) {
            var one = get(CUSTOMERS + "/" + id + "?fields=" + field.getKey()).getMap("$");
            assertThat(one).hasSize(1).containsEntry(field.getKey(), field.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "email", "created_at", "updated_at", "last_call_at", "total_spent"})
    void orderDoesNotDependOnFields(String sort) {
        for (String name : List.of("C", "A", "D", "B")) {
            tenant.create("{\"name\":\"" + name + "\",\"email\":\"" + name + "@example.com\"}");
        }
        var query = CUSTOMERS + "?page_size=3&sort_order=desc&sort_by=" + sort;

        assertThat(get(query + "&fields=name").getList("data.name"))
                .isEqualTo(get(query).getList("data.name"));
        assertThat(get(query + "&fields=id").getList("data.id"))
                .isEqualTo(get(query).getList("data.id"));
        assertThat(get(query.replace("size=3", "size=100") + "&fields=id").getList("data.id"))
                .hasSize(4);
    }

    @Test
    void inclusionsAreAddedToFields() {
        var id = tenant.createNamed("Jane");

        assertThat(get(CUSTOMERS + "/" + id + "?fields=name&include=calls").getMap("$"))
                .isEqualTo(Map.of("name", "Jane", "calls", List.of()));
        tenant.call().get(CUSTOMERS + "/" + id + "?fields=name").then().header("ETag", "\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nome", "", "name,", "name,name", "Name", "sort_name", "tenant_id"})
    void unknownFieldsReturn400(String fields) {
        for (String path : List.of(CUSTOMERS, CUSTOMERS + "/" + tenant.createNamed("Jane"))) {
            tenant.call()
                    .queryParam("fields", fields)
                    .get(path)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_parameter"))
                    .body("errors[0].field", equalTo("fields"));
        }
    }
}
