package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Concurrent requests for the same customers and identifiers. */
@QuarkusTest
class ConcurrencyTest extends ApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void concurrentUpdatesWithIfMatchHaveOneWinner() {
        var id = tenant.createNamed("Jane");
        int winners = 0;
        List<String> acknowledged = new ArrayList<>();

        for (int round = 1; round <= 4; round++) {
            int version = winners + 1;
            int prefix = round * 1000;
            var responses = Parallel.sendUntilServed(
                    50, i -> patch(id, "{\"notes\":\"" + (prefix + i) + "\"}", "\"" + version + "\""));
            assertThat(statuses(responses)).isEqualTo(Map.of(200, 1L, 412, 49L));
            responses.stream()
                    .filter(response -> response.statusCode() == 200)
                    .forEach(response -> acknowledged.add(notes(response)));
            winners++;
        }
        assertThat(historyOfNotes(id)).isEqualTo(acknowledged);
        assertThat(tenant.get(id).jsonPath().getInt("version")).isEqualTo(winners + 1);
    }

    @Test
    void concurrentUpdatesAreAllRecorded() {
        var id = tenant.create("{\"name\":\"Jane\",\"value\":0}").getString("id");
        var responses = Parallel.sendUntilServed(200, i -> patch(id, "{\"notes\":\"" + i + "\"}", "*"));

        assertThat(statuses(responses)).isEqualTo(Map.of(200, 200L));

        var byVersion = responses.stream()
                .map(ConcurrencyTest::json)
                .sorted(Comparator.comparing(json -> json.get("version").asInt()))
                .map(json -> json.get("notes").asText())
                .toList();
        assertThat(historyOfNotes(id)).isEqualTo(byVersion);
        assertThat(tenant.get(id).jsonPath().getString("notes")).isEqualTo(byVersion.get(199));
    }

    @Test
    void concurrentPatchesKeepEachOthersFields() {
        var id = tenant.createNamed("Jane");

        var responses =
                Parallel.sendUntilServed(40, i -> patch(id, "{\"attributes\":{\"k" + i + "\":" + i + "}}", "*"));

        assertThat(statuses(responses)).isEqualTo(Map.of(200, 40L));
        assertThat(tenant.get(id).jsonPath().<String, Object>getMap("attributes"))
                .hasSize(40);
    }

    @Test
    void concurrentCreatesRejectingDuplicatesLeaveOne() {
        String[] bodies = {
            "{\"name\":\"A\",\"email\":\"ana@example.com\",\"phone\":\"11988887777\"}",
            "{\"name\":\"B\",\"phone\":\"+55 11 8888-7777\",\"document\":\"529.982.247-25\"}",
            "{\"name\":\"C\",\"document\":\"52998224725\",\"email\":\"ANA@example.com\"}"
        };

        var responses = Parallel.sendUntilServed(45, i -> tenant.request(CUSTOMERS + "?on_duplicate=reject")
                .POST(BodyPublishers.ofString(bodies[i % 3]))
                .build());

        assertThat(statuses(responses)).isEqualTo(Map.of(201, 1L, 409, 44L));
        assertThat(tenant.call().get(CUSTOMERS).jsonPath().getInt("meta.total_count"))
                .isEqualTo(1);
    }

    @Test
    void concurrentCreatesWithExternalIdLeaveOne() {
        var responses = Parallel.sendUntilServed(30, i -> tenant.request(CUSTOMERS)
                .POST(BodyPublishers.ofString("{\"name\":\"N" + i + "\",\"external_id\":\"x\"}"))
                .build());

        assertThat(statuses(responses)).isEqualTo(Map.of(201, 1L, 409, 29L));
    }

    @Test
    void concurrentDeletesEachDeleteTheirCustomer() {
        for (int round = 0; round < 3; round++) {
            var ids = IntStream.range(0, 40)
                    .mapToObj(i -> tenant.createNamed("Jane"))
                    .toList();
            var responses = Parallel.sendUntilServed(ids.size(), i -> delete(ids.get(i)));
            assertThat(statuses(responses)).isEqualTo(Map.of(204, (long) ids.size()));
            tenant.call().get(CUSTOMERS).then().body("meta.total_count", equalTo(0));
        }
    }

    @Test
    void deleteAmongUpdatesIsLastInHistory() {
        var id = tenant.createNamed("Jane");
        var responses = Parallel.sendUntilServed(
                40,
                i -> i == 20
                        ? tenant.request(CUSTOMERS + "/" + id).DELETE().build()
                        : patch(id, "{\"notes\":\"" + i + "\"}", "*"));

        assertThat(responses.get(20).statusCode()).isEqualTo(204);
        assertThat(statuses(responses).keySet()).isSubsetOf(200, 204, 404);

        var types = tenant.call()
                .queryParam("page_size", 200)
                .get(CUSTOMERS + "/" + id + "/history")
                .jsonPath()
                .<String>getList("data.type");
        assertThat(types.get(0)).isEqualTo("customer.deleted");
        assertThat(types)
                .hasSize(2
                        + (int) responses.stream()
                                .filter(response -> response.statusCode() == 200)
                                .count());
    }

    private HttpRequest delete(String id) {
        return tenant.request(CUSTOMERS + "/" + id).DELETE().build();
    }

    private HttpRequest patch(String id, String body, String ifMatch) {
        return tenant.request(CUSTOMERS + "/" + id)
                .header("If-Match", ifMatch)
                .method("PATCH", BodyPublishers.ofString(body))
                .build();
    }

    private List<String> historyOfNotes(String id) {
        var history = tenant.call()
                .queryParam("page_size", 200)
                .get(CUSTOMERS + "/" + id + "/history")
                .jsonPath();
        List<String> notes = new ArrayList<>(
                history.<String>getList("data.findAll { it.type == 'customer.updated' }.changes.notes.to"));
        if (history.getInt("meta.total_count") > 200) {
            var rest = tenant.call()
                    .queryParam("page_size", 200)
                    .queryParam("page", 2)
                    .get(CUSTOMERS + "/" + id + "/history")
                    .jsonPath();
            notes.addAll(rest.getList("data.findAll { it.type == 'customer.updated' }.changes.notes.to"));
        }
        Collections.reverse(notes);
        return notes;
    }

    private static String notes(HttpResponse<String> response) {
        return json(response).get("notes").asText();
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<Integer, Long> statuses(List<HttpResponse<String>> responses) {
        return responses.stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
    }
}
