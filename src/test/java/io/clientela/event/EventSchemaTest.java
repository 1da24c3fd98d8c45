package io.clientela.event;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.clientela.history.EventTypes;
import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestEvents;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The schema has all types of events, and the events of the service are as it says. */
@QuarkusTest
class EventSchemaTest extends ApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void schemaDefinesEachTypeWithExample() throws JsonProcessingException {
        var document = schemaText();
        var schema = schema(document);

        for (String type : EventTypes.ALL) {
            var example = JSON.readTree(document).at("/$defs/" + type + "/examples/0");
            assertThat(schema.validate(example)).as(type).isEmpty();
            assertThat(example.path("type").asText()).isEqualTo(type);
        }
    }

    @Test
    void documentListsEachType() throws IOException {
        var document = Files.readString(Path.of("docs/events.md"));

        assertThat(EventTypes.ALL).allMatch(type -> document.contains("| `" + type + "` |"));
    }

    @Test
    void eventsOfServiceObeySchema() throws JsonProcessingException {
        var schema = schema(schemaText());
        changeCustomers();
        changeItems();
        changeClusters();
        changeKeys();
        importCustomers();

        TestEvents.awaitSettled(tenant);
        var page = tenant.call().get("/v1/events?limit=1000").asString();

        Set<String> types = new TreeSet<>();
        for (JsonNode event : JSON.readTree(page).get("data")) {
            assertThat(schema.validate(event.toString(), InputFormat.JSON))
                    .as(event.toString())
                    .isEmpty();
            types.add(event.get("type").asText());
        }
        assertThat(types)
                .containsAll(EventTypes.ALL.stream()
                        .filter(type -> !type.startsWith("webhook.") && !type.equals("import.failed"))
                        .collect(Collectors.toSet()));
    }

    private String schemaText() {
        return tenant.call()
                .get("/v1/events/schema")
                .then()
                .statusCode(200)
                .contentType(EventResource.SCHEMA_TYPE)
                .extract()
                .asString();
    }

    private static JsonSchema schema(String document) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document);
    }

    private void post(String path, String body) {
        assertThat(tenant.json(body).post(path).statusCode()).isBetween(200, 204);
    }

    private void put(String path, String body) {
        assertThat(tenant.json(body).put(path).statusCode()).isBetween(200, 204);
    }

    private void delete(String path) {
        assertThat(tenant.call().delete(path).statusCode()).isEqualTo(204);
    }

    private String idOf(String path, String body) {
        return tenant.json(body).post(path).then().statusCode(201).extract().path("id");
    }

    private void changeCustomers() {
        var jane = tenant.create("{\"name\":\"Jane\",\"email\":\"jane@example.com\"}")
                .getString("id");
        var path = CUSTOMERS + "/" + jane;
        tenant.patch(jane, "{\"preferences\":{\"newsletter\":true},\"tags\":[\"a\"]}");
        put(path + "/status", "{\"status\":\"blocked\"}");
        put(path + "/role", "{\"role\":\"dealer\"}");
        put(path + "/password", "{\"new_password\":\"correct horse battery\"}");
        String merge = tenant.json(
                        "{\"target_id\":\"" + jane + "\",\"source_ids\":[\"" + tenant.createNamed("Jane S") + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .extract()
                .path("merge_id");
        post("/v1/merges/" + merge + "/undo", "{}");
        post(path + "/erasure", "{}");
        delete(CUSTOMERS + "/" + tenant.createNamed("John"));
    }

    private void changeItems() {
        var path = CUSTOMERS + "/" + tenant.createNamed("Mary");
        var address = path + "/addresses/" + idOf(path + "/addresses", "{\"line1\":\"1 Main St\"}");
        tenant.json("{\"line1\":\"2 Main St\"}").patch(address).then().statusCode(200);
        delete(address);
        var call = path + "/calls/" + idOf(path + "/calls", "{\"notes\":\"First\"}");
        tenant.json("{\"notes\":\"Second\"}").patch(call).then().statusCode(200);
        delete(call);
        var order = path + "/orders/" + idOf(path + "/orders", "{\"total\":10.5}");
        tenant.json("{\"total\":12}").patch(order).then().statusCode(200);
        delete(order);
    }

    private void changeClusters() {
        var cluster = "/v1/clusters/" + idOf("/v1/clusters", "{\"name\":\"VIP\"}");
        tenant.json("{\"name\":\"Friends\"}").patch(cluster).then().statusCode(200);
        var customer = tenant.createNamed("Carol");
        put(cluster + "/customers/" + customer, "");
        delete(cluster + "/customers/" + customer);
        delete(cluster);
    }

    private void changeKeys() {
        var key = "/v1/api-keys/" + idOf("/v1/api-keys", "{\"name\":\"Shop\",\"scopes\":[\"customers:read\"]}");
        post(key + "/rotate", "{\"overlap_seconds\":60}");
        delete(key);
    }

    private void importCustomers() {
        String id = tenant.call()
                .contentType("text/csv")
                .body("name\nImported\n")
                .post("/v1/imports?mode=create")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        tenant.call().accept("text/event-stream").get("/v1/imports/" + id).asString();
        TestDatabase.execute("UPDATE import_job SET status = 'uploading' WHERE id = ?::uuid", id);
        delete("/v1/imports/" + id);
        TestEvents.awaitSettled(tenant);
        var written = tenant.call()
                .get("/v1/events?types=customer.created&limit=1000")
                .jsonPath();
        assertThat(written.getList("data.details.import_id")).contains(id);
    }
}
