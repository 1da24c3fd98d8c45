package io.clientela.merge;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Many clients do everything to a few people at the same time, and then it is counted: nothing that was acknowledged is
 * lost or doubled, counters are right, everybody who was merged leads to somebody, and the history explains what is.
 */
@QuarkusTest
class MergeConcurrencyTest extends ApiTest {
    private static final Duration LASTING = Duration.ofSeconds(8);
    private static final int CLIENTS = 12;
    private static final int PEOPLE = 6;
    private static final Set<String> SYSTEM_FIELDS = Set.of("version", "updated_at");

    private final TestTenant tenant = TestTenant.fresh();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();

    /** Customers who have an order of their own, which forbids to delete them: they may get calls. */
    private final List<String> customers = new CopyOnWriteArrayList<>();
    /** Customers who have nothing, and may be deleted. */
    private final List<String> strangers = new CopyOnWriteArrayList<>();

    private final List<String> merges = new CopyOnWriteArrayList<>();
    private final Set<String> calls = ConcurrentHashMap.newKeySet();
    private final Set<String> orders = ConcurrentHashMap.newKeySet();
    private final Map<String, String> removable = new ConcurrentHashMap<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> done = new ConcurrentHashMap<>();

    private record StoredResponse(int status, JsonNode body) {}

    @Test
    void nothingIsLostAndEverythingIsExplained() throws InterruptedException, ExecutionException {
        var clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var until = System.nanoTime() + LASTING.toNanos();
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                var random = new Random(i);
                work.add(() -> {
                    while (System.nanoTime() < until) {
                        act(random);
                    }
                    return null;
                });
            }
            for (var client : clients.invokeAll(work)) {
                client.get();
            }
        } finally {
            clients.shutdown();
        }
        assertThat(statuses).isSubsetOf(200, 201, 204, 404, 409, 422, 503);
        assertThat(done)
                .as("every kind of work was done")
                .containsKeys("upsert", "patch", "merge", "undo", "delete", "remove");
        everyAcknowledgedThingIsThereOnce("customer_call", calls);
        everyAcknowledgedThingIsThereOnce("customer_order", orders);
        countersAreRight();
        everybodyLeadsToSomebody();
        theHistoryExplainsEverybody();
    }

    private void act(Random random) {
        int dice = random.nextInt(100);
        if (dice < 12) {
            upsert(random);
        } else if (dice < 20) {
            stranger(random);
        } else if (customers.size() < 2) {
            upsert(random);
        } else if (dice < 32) {
            patch(random);
        } else if (dice < 60) {
            call(random);
        } else if (dice < 66) {
            remove(random);
        } else if (dice < 80) {
            merge(random);
        } else if (dice < 94) {
            undo(random);
        } else {
            delete(random);
        }
    }

    private void upsert(Random random) {
        int person = random.nextInt(PEOPLE);
        var fields = JsonNodeFactory.instance.objectNode().put("name", "Person " + person);
        fields.put("notes", String.valueOf(random.nextInt(3)));
        switch (random.nextInt(3)) {
            case 0 -> fields.put("external_id", "p" + person);
            case 1 -> fields.put("email", "p" + person + "@example.com");
            default -> fields.put("email", "p" + person + "@example.com").put("phone", "+55 11 91234-000" + person);
        }
        send("POST", CUSTOMERS + "/upsert", fields, answer -> {
            did("upsert");
            publish(answer.body().path("customer").path("id").textValue());
        });
    }

    /** Gives a customer an order of their own, and then to everybody. */
    private void publish(String id) {
        if (!customers.contains(id)) {
            var externalId = "o-" + UUID.randomUUID();
            var order = JsonNodeFactory.instance.objectNode().put("total", 10).put("external_id", externalId);
            send("POST", CUSTOMERS + "/" + id + "/orders", order, answer -> {
                orders.add(externalId);
                customers.add(id);
            });
        }
    }

    private void stranger(Random random) {
        var fields =
                JsonNodeFactory.instance.objectNode().put("name", "Stranger").put("source", "s" + random.nextInt(3));
        send(
                "POST",
                CUSTOMERS,
                fields,
                answer -> strangers.add(answer.body().path("id").textValue()));
    }

    private void patch(Random random) {
        var fields = JsonNodeFactory.instance.objectNode();
        switch (random.nextInt(4)) {
            case 0 -> fields.put("notes", String.valueOf(random.nextInt(9)));
            case 1 -> fields.putArray("tags").add("t" + random.nextInt(4));
            case 2 -> fields.put("email", "p" + random.nextInt(PEOPLE) + "@example.com");
            default -> fields.putNull("phone");
        }
        send("PATCH", CUSTOMERS + "/" + any(customers, random), fields, answer -> did("patch"));
    }

    private void call(Random random) {
        var id = any(customers, random);
        var externalId = "c-" + UUID.randomUUID();
        var call = JsonNodeFactory.instance
                .objectNode()
                .put("direction", "inbound")
                .put("external_id", externalId)
                .put("started_at", "2026-01-%02dT10:00:00Z".formatted(1 + random.nextInt(28)));
        send("POST", CUSTOMERS + "/" + id + "/calls", call, answer -> {
            if (random.nextInt(4) == 0) {
                removable.put(
                        externalId,
                        CUSTOMERS + "/" + id + "/calls/"
                                + answer.body().path("id").textValue());
            }
            calls.add(externalId);
        });
    }

    /** What is going to be removed is not expected any more, whatever the answer. */
    private void remove(Random random) {
        removable.keySet().stream().skip(random.nextInt(3)).findFirst().ifPresent(externalId -> {
            var path = removable.remove(externalId);
            if (path != null) {
                calls.remove(externalId);
                send("DELETE", path, null, answer -> did("remove"));
            }
        });
    }

    private void merge(Random random) {
        var fields = JsonNodeFactory.instance.objectNode().put("target_id", any(customers, random));
        var sources = fields.putArray("source_ids").add(any(customers, random));
        if (!strangers.isEmpty() && random.nextInt(2) == 0) {
            sources.add(any(strangers, random));
        }
        send("POST", CUSTOMERS + "/merge", fields, answer -> {
            did("merge");
            merges.add(answer.body().path("merge_id").textValue());
        });
    }

    private void undo(Random random) {
        if (!merges.isEmpty()) {
            var recent = merges.get(Math.max(0, merges.size() - 1 - random.nextInt(6)));
            send("POST", "/v1/merges/" + recent + "/undo", null, answer -> did("undo"));
        }
    }

    private void delete(Random random) {
        if (!strangers.isEmpty()) {
            var id = any(random.nextInt(4) == 0 ? customers : strangers, random);
            send("DELETE", CUSTOMERS + "/" + id, null, answer -> {
                did("delete");
                deleted.add(id);
            });
        }
    }

    private void everyAcknowledgedThingIsThereOnce(String table, Set<String> acknowledged) {
        assertThat(acknowledged).isNotEmpty();
        assertThat(TestDatabase.column(
                        "SELECT i.external_id FROM " + table + " i JOIN customer c"
                                + " ON c.tenant_id = i.tenant_id AND c.id = i.customer_id WHERE i.tenant_id = ?",
                        tenant.name()))
                .as(table)
                .doesNotHaveDuplicates()
                .containsAll(acknowledged);
    }

    private void countersAreRight() {
        assertThat(TestDatabase.column("""
                        SELECT c.id FROM customer c
                        CROSS JOIN LATERAL (SELECT count(*) AS calls, max(started_at) AS last FROM customer_call i
                                            WHERE i.tenant_id = c.tenant_id AND i.customer_id = c.id) AS call
                        CROSS JOIN LATERAL (SELECT count(*) AS orders, coalesce(sum(total), 0) AS spent,
                                                   min(placed_at) AS first, max(placed_at) AS last FROM customer_order i
                                            WHERE i.tenant_id = c.tenant_id AND i.customer_id = c.id) AS ordered
                        WHERE c.tenant_id = ? AND (c.call_count, c.last_call_at, c.total_orders, c.total_spent,
                                                   c.first_order_at, c.last_order_at)
                            IS DISTINCT FROM (call.calls, call.last, ordered.orders, ordered.spent, ordered.first,
                                              ordered.last)""", tenant.name()))
                .as("customers whose counters are wrong")
                .isEmpty();
    }

    private void everybodyLeadsToSomebody() {
        for (String id : customers) {
            assertThat(tenant.get(id).statusCode()).as("customer %s", id).isEqualTo(200);
        }
        for (String id : strangers) {
            int status = tenant.get(id).statusCode();
            assertThat(status).as("stranger %s", id).isIn(200, 404);
            if (status == 404) {
                assertThat(survivorWasDeleted(id)).as("somebody deleted %s", id).isTrue();
            }
        }
        assertThat(TestDatabase.column(
                        "SELECT id FROM customer WHERE tenant_id = ? INTERSECT"
                                + " SELECT id FROM merged_customer WHERE tenant_id = ?",
                        tenant.name(),
                        tenant.name()))
                .as("customers who are there and merged away")
                .isEmpty();
    }

    private boolean survivorWasDeleted(String id) {
        return deleted.contains(id)
                || TestDatabase.column("SELECT merged_into FROM merged_customer WHERE id = ?::uuid", id).stream()
                        .anyMatch(this::survivorWasDeleted)
                || history(id).stream()
                        .anyMatch(event -> event.path("type").textValue().equals("customer.deleted"));
    }

    private void theHistoryExplainsEverybody() {
        var everybody =
                new ArrayList<>(TestDatabase.column("SELECT id FROM customer WHERE tenant_id = ?", tenant.name()));
        assertThat(everybody).isNotEmpty();
        for (String id : everybody) {
            var state = json.createObjectNode();
            var events = history(id);
            for (int i = 0; i < events.size(); i++) {
                var event = events.get(i);
                assertThat(event.path("version").asInt())
                        .as("version of event %d of %s", i, id)
                        .isEqualTo(i + 1);
                event.path("changes").properties().forEach(change -> {
                    var before = state.get(change.getKey());
                    assertThat(before == null ? json.nullNode() : before)
                            .as("%s of %s before %s", change.getKey(), id, event)
                            .isEqualTo(change.getValue().get("from"));
                    state.set(change.getKey(), change.getValue().get("to"));
                });
            }
            var present = (ObjectNode) read(tenant.get(id).asString());
            assertThat(present.path("version").asInt()).isEqualTo(events.size());
            present.properties().stream()
                    .filter(field -> !SYSTEM_FIELDS.contains(field.getKey()))
                    .forEach(
                            field -> assertThat(state.has(field.getKey()) ? state.get(field.getKey()) : json.nullNode())
                                    .as("%s of %s", field.getKey(), id)
                                    .isEqualTo(field.getValue()));
        }
    }

    /** A customer's history, oldest first. */
    private List<JsonNode> history(String id) {
        List<JsonNode> events = new ArrayList<>();
        String cursor = null;
        do {
            var call = tenant.call().queryParam("page_size", 200);
            var page = read((cursor == null ? call : call.queryParam("cursor", cursor))
                    .get(CUSTOMERS + "/" + id + "/history")
                    .asString());
            page.path("data").forEach(events::add);
            cursor = page.path("meta").path("next_cursor").textValue();
        } while (cursor != null);
        Collections.reverse(events);
        return events;
    }

    private void send(String method, String path, ObjectNode body, Consumer<StoredResponse> accepted) {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        try {
            var answer =
                    http.send(tenant.request(path).method(method, publisher).build(), BodyHandlers.ofString());
            statuses.add(answer.statusCode());
            if (answer.statusCode() < 300) {
                accepted.accept(new StoredResponse(
                        answer.statusCode(), answer.body().isEmpty() ? json.nullNode() : read(answer.body())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private void did(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private static String any(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
