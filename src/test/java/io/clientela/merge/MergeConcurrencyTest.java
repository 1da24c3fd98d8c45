package io.clientela.merge;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Merges under concurrency. Many clients change the same customers at the same time; afterwards no acknowledged item is
 * lost or duplicated, counters are correct, merged customers redirect to live ones, and each history matches its
 * customer.
 */
@QuarkusTest
class MergeConcurrencyTest extends MergeApiTest {
    private static final Duration DURATION = Duration.ofSeconds(8);
    private static final Duration LONG_DURATION = Duration.ofSeconds(20);
    private static final int CLIENTS = 12;
    private static final int PEOPLE = 6;
    /** Not in the history: they follow from it, from orders and from the time. */
    private static final Set<String> SYSTEM_FIELDS = Set.of("version", "updated_at", "segment");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();

    /** Customers with an order, who cannot be deleted, and so can receive calls. */
    private final List<String> customers = new CopyOnWriteArrayList<>();
    /** Customers without items, who can be deleted. */
    private final List<String> deletable = new CopyOnWriteArrayList<>();

    private final List<String> merges = new CopyOnWriteArrayList<>();
    private final Set<String> calls = ConcurrentHashMap.newKeySet();
    private final Set<String> orders = ConcurrentHashMap.newKeySet();
    private final Map<String, String> removable = new ConcurrentHashMap<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> completed = new ConcurrentHashMap<>();

    private record Accepted(int status, JsonNode body) {}

    @Test
    void concurrentRequestsKeepDataConsistent() throws InterruptedException, ExecutionException {
        var clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var deadline = System.nanoTime() + LONG_DURATION.toNanos();
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                var random = new Random(i);
                work.add(() -> {
                    while (System.nanoTime() < deadline) {
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
        assertThat(completed)
                .as("completed kinds of requests")
                .containsKeys("upsert", "batch", "patch", "merge", "merge group", "undo", "delete", "remove");
        assertIdentifiersLeadToOneCustomer();
        assertAcknowledgedItemsExistOnce("customer_call", calls);
        assertAcknowledgedItemsExistOnce("customer_order", orders);
        assertCountersAreCorrect();
        assertCustomersRedirectToLiveOnes();
        assertHistoriesMatchCustomers();
    }

    @Test
    void concurrentMergesLeaveOneCustomer() {
        var ids =
                IntStream.range(0, 6).mapToObj(i -> tenant.createNamed("N" + i)).toList();
        ids.forEach(id -> add(id, "calls", INBOUND));

        for (int round = 0; round < 6; round++) {
            int shift = round;
            var responses = Parallel.sendUntilServed(30, i -> tenant.request(MERGE)
                    .POST(BodyPublishers.ofString(body(ids.get((i + shift) % 6), ids.get((i + shift + 1 + i / 6) % 6))))
                    .build());
            assertThat(responses).extracting(HttpResponse::statusCode).isSubsetOf(200, 409, 422);
        }

        var remaining = tenant.call().get(CUSTOMERS).jsonPath();
        assertThat(remaining.getInt("meta.total_count")).isEqualTo(1);
        assertThat(remaining.getInt("data[0].call_count")).isEqualTo(6);
        ids.forEach(id -> tenant.get(id).then().statusCode(200).body("id", equalTo(remaining.getString("data[0].id"))));
    }

    @Test
    void readsDuringMergesAndUndosFindCustomer() throws InterruptedException, ExecutionException {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        var clients = Executors.newFixedThreadPool(6);
        try {
            var deadline = System.nanoTime() + DURATION.toNanos();
            Set<Integer> reads = ConcurrentHashMap.newKeySet();
            Set<Integer> writes = ConcurrentHashMap.newKeySet();
            List<Callable<Void>> work = new ArrayList<>();
            work.add(() -> {
                while (System.nanoTime() < deadline) {
                    undo(merged(target, source)).statusCode(200);
                }
                return null;
            });
            for (int i = 0; i < 5; i++) {
                boolean isRead = i < 4;
                work.add(() -> {
                    while (System.nanoTime() < deadline) {
                        (isRead ? reads : writes)
                                .add(isRead ? status("GET", source, "") : status("PATCH", source, "{}"));
                    }
                    return null;
                });
            }
            for (var client : clients.invokeAll(work)) {
                client.get();
            }
            assertThat(reads).containsExactlyInAnyOrder(200, 307);
            assertThat(writes).containsExactlyInAnyOrder(200, 409);
        } finally {
            clients.shutdown();
        }
    }

    /** The first undo gives the alias back to a customer, who loses it again by the second one. */
    @Test
    void undosOfChainLeaveAliasWithOneCustomer() {
        for (int round = 0; round < 15; round++) {
            var external = "{\"external_id\":\"%s-" + round + "\",\"name\":\"N\"}";
            var ids = Stream.of("alias", "first", "second", "third")
                    .map(name -> tenant.create(external.formatted(name)).getString("id"))
                    .toList();
            merged(ids.get(1), ids.get(0));
            var inner = merged(ids.get(2), ids.get(1));
            var outer = merged(ids.get(3), ids.get(2));
            var responses = Parallel.send(
                    10,
                    i -> i < 4
                            ? tenant.request("/v1/merges/" + (i == 0 ? outer : inner) + "/undo")
                                    .POST(BodyPublishers.noBody())
                                    .build()
                            : tenant.request(CUSTOMERS + "/upsert")
                                    .POST(BodyPublishers.ofString(external.formatted("alias")))
                                    .build());
            assertThat(responses).extracting(HttpResponse::statusCode).isSubsetOf(200, 409, 503);
        }
        assertIdentifiersLeadToOneCustomer();
    }

    private int status(String method, String id, String body) throws IOException, InterruptedException {
        var request = tenant.request(CUSTOMERS + "/" + id).method(method, BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private void act(Random random) {
        int percent = random.nextInt(100);
        if (percent < 8) {
            upsert(random);
        } else if (percent < 12) {
            batch(random);
        } else if (percent < 14) {
            mergeGroup();
        } else if (percent < 20) {
            createDeletable(random);
        } else if (customers.size() < 2) {
            upsert(random);
        } else if (percent < 32) {
            patch(random);
        } else if (percent < 60) {
            call(random);
        } else if (percent < 66) {
            remove(random);
        } else if (percent < 80) {
            merge(random);
        } else if (percent < 94) {
            undo(random);
        } else {
            delete(random);
        }
    }

    private void upsert(Random random) {
        send("POST", CUSTOMERS + "/upsert", person(random), response -> {
            count("upsert");
            publish(response.body().path("customer").path("id").textValue());
        });
    }

    /** Repeats people, so that an upsert of the batch sees what one before it did; one of six is not valid. */
    private void batch(Random random) {
        var body = JsonNodeFactory.instance.objectNode();
        var upserts = body.putArray("customers");
        for (int i = 0; i < 5; i++) {
            upserts.add(person(random));
        }
        upserts.insert(random.nextInt(6), JsonNodeFactory.instance.objectNode().put("name", "Nobody"));
        send("POST", CUSTOMERS + "/batch", body, response -> {
            count("batch");
            response.body().path("data").forEach(result -> {
                var id = result.path("customer").path("id").textValue();
                if (id != null) {
                    publish(id);
                }
            });
        });
    }

    private ObjectNode person(Random random) {
        int person = random.nextInt(PEOPLE);
        var fields = JsonNodeFactory.instance.objectNode().put("name", "Person " + person);
        fields.put("notes", String.valueOf(random.nextInt(3)));
        switch (random.nextInt(3)) {
            case 0 -> fields.put("external_id", "p" + person);
            case 1 -> fields.put("email", "p" + person + "@example.com");
            default -> fields.put("email", "p" + person + "@example.com").put("phone", "+55 11 91234-000" + person);
        }
        return fields;
    }

    /** Merges a group of likely duplicates, some of whom may be merged or changed by now. */
    private void mergeGroup() {
        send("GET", "/v1/duplicates/groups?page_size=1", null, groups -> {
            var group = groups.body().path("data").path(0);
            if (group.isMissingNode()) {
                return;
            }
            var target = group.path("suggested_target_id").textValue();
            var fields = JsonNodeFactory.instance.objectNode().put("target_id", target);
            var sources = fields.putArray("source_ids");
            group.path("customers").forEach(customer -> {
                if (!customer.path("id").textValue().equals(target)) {
                    sources.add(customer.path("id").textValue());
                }
            });
            send("POST", CUSTOMERS + "/merge", fields, response -> {
                count("merge group");
                merges.add(response.body().path("merge_id").textValue());
            });
        });
    }

    /** Adds an order to a customer, and then makes the customer available to all clients. */
    private void publish(String id) {
        if (!customers.contains(id)) {
            var externalId = "o-" + UUID.randomUUID();
            var order = JsonNodeFactory.instance.objectNode().put("total", 10).put("external_id", externalId);
            send("POST", CUSTOMERS + "/" + id + "/orders", order, response -> {
                orders.add(externalId);
                customers.add(id);
            });
        }
    }

    private void createDeletable(Random random) {
        var fields =
                JsonNodeFactory.instance.objectNode().put("name", "Deletable").put("source", "s" + random.nextInt(3));
        send(
                "POST",
                CUSTOMERS,
                fields,
                response -> deletable.add(response.body().path("id").textValue()));
    }

    private void patch(Random random) {
        var fields = JsonNodeFactory.instance.objectNode();
        switch (random.nextInt(4)) {
            case 0 -> fields.put("notes", String.valueOf(random.nextInt(9)));
            case 1 -> fields.putArray("tags").add("t" + random.nextInt(4));
            case 2 -> fields.put("email", "p" + random.nextInt(PEOPLE) + "@example.com");
            default -> fields.putNull("phone");
        }
        send("PATCH", CUSTOMERS + "/" + any(customers, random), fields, response -> count("patch"));
    }

    private void call(Random random) {
        var id = any(customers, random);
        var externalId = "c-" + UUID.randomUUID();
        var call = JsonNodeFactory.instance
                .objectNode()
                .put("direction", "inbound")
                .put("external_id", externalId)
                .put("started_at", "2026-01-%02dT10:00:00Z".formatted(1 + random.nextInt(28)));
        send("POST", CUSTOMERS + "/" + id + "/calls", call, response -> {
            if (random.nextInt(4) == 0) {
                removable.put(
                        externalId,
                        CUSTOMERS + "/" + id + "/calls/"
                                + response.body().path("id").textValue());
            }
            calls.add(externalId);
        });
    }

    /** Stops expecting the call before the request, because its result may be unknown. */
    private void remove(Random random) {
        removable.keySet().stream().skip(random.nextInt(3)).findFirst().ifPresent(externalId -> {
            var path = removable.remove(externalId);
            if (path != null) {
                calls.remove(externalId);
                send("DELETE", path, null, response -> count("remove"));
            }
        });
    }

    private void merge(Random random) {
        var fields = JsonNodeFactory.instance.objectNode().put("target_id", any(customers, random));
        var sources = fields.putArray("source_ids").add(any(customers, random));
        if (!deletable.isEmpty() && random.nextInt(2) == 0) {
            sources.add(any(deletable, random));
        }
        send("POST", CUSTOMERS + "/merge", fields, response -> {
            count("merge");
            merges.add(response.body().path("merge_id").textValue());
        });
    }

    private void undo(Random random) {
        if (!merges.isEmpty()) {
            var recent = merges.get(Math.max(0, merges.size() - 1 - random.nextInt(6)));
            send("POST", "/v1/merges/" + recent + "/undo", null, response -> count("undo"));
        }
    }

    private void delete(Random random) {
        if (!deletable.isEmpty()) {
            var id = any(random.nextInt(4) == 0 ? customers : deletable, random);
            send("DELETE", CUSTOMERS + "/" + id, null, response -> {
                count("delete");
                deleted.add(id);
            });
        }
    }

    private void assertAcknowledgedItemsExistOnce(String table, Set<String> acknowledged) {
        assertThat(acknowledged).isNotEmpty();
        assertThat(TestDatabase.column(
                        "SELECT i.external_id FROM " + table + " i JOIN customer c"
                                + " ON c.tenant_id = i.tenant_id AND c.id = i.customer_id WHERE i.tenant_id = ?",
                        tenant.name()))
                .as(table)
                .doesNotHaveDuplicates()
                .containsAll(acknowledged);
    }

    /** As a customer's own, or as that of a customer merged into it. */
    private void assertIdentifiersLeadToOneCustomer() {
        assertThat(TestDatabase.column("""
                        SELECT key || string_agg(' of ' || id || ' by ' || how, ',') FROM (
                            SELECT external_id AS key, id, 'itself' AS how FROM customer
                            WHERE tenant_id = ? AND external_id IS NOT NULL
                            UNION
                            SELECT key, customer_id, cast(merge_id AS text) FROM customer_alias
                            WHERE tenant_id = ? AND kind = 'external_id') AS owned
                        GROUP BY key HAVING count(DISTINCT id) > 1""", tenant.name(), tenant.name()))
                .as("external ids of several customers")
                .isEmpty();
    }

    private void assertCountersAreCorrect() {
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
                .as("customers with wrong counters")
                .isEmpty();
    }

    private void assertCustomersRedirectToLiveOnes() {
        for (String id : customers) {
            assertThat(tenant.get(id).statusCode()).as("customer %s", id).isEqualTo(200);
        }
        for (String id : deletable) {
            int status = tenant.get(id).statusCode();
            assertThat(status).as("deletable customer %s", id).isIn(200, 404);
            if (status == 404) {
                assertThat(currentCustomerWasDeleted(id))
                        .as("%s was deleted", id)
                        .isTrue();
            }
        }
        assertThat(TestDatabase.column(
                        "SELECT id FROM customer WHERE tenant_id = ? INTERSECT"
                                + " SELECT id FROM merged_customer WHERE tenant_id = ?",
                        tenant.name(),
                        tenant.name()))
                .as("customers both live and merged")
                .isEmpty();
    }

    private boolean currentCustomerWasDeleted(String id) {
        return deleted.contains(id)
                || TestDatabase.column("SELECT merged_into FROM merged_customer WHERE id = ?::uuid", id).stream()
                        .anyMatch(this::currentCustomerWasDeleted)
                || history(id).stream()
                        .anyMatch(event -> event.path("type").textValue().equals("customer.deleted"));
    }

    private void assertHistoriesMatchCustomers() {
        var ids = new ArrayList<>(TestDatabase.column("SELECT id FROM customer WHERE tenant_id = ?", tenant.name()));
        assertThat(ids).isNotEmpty();
        for (String id : ids) {
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
            var current = (ObjectNode) read(tenant.get(id).asString());
            assertThat(current.path("version").asInt()).isEqualTo(events.size());
            current.properties().stream()
                    .filter(field -> !SYSTEM_FIELDS.contains(field.getKey()))
                    .forEach(
                            field -> assertThat(state.has(field.getKey()) ? state.get(field.getKey()) : json.nullNode())
                                    .as("%s of %s", field.getKey(), id)
                                    .isEqualTo(field.getValue()));
        }
    }

    /** Returns a customer's history, oldest first. */
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

    private void send(String method, String path, ObjectNode body, Consumer<Accepted> accepted) {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        try {
            var response =
                    http.send(tenant.request(path).method(method, publisher).build(), BodyHandlers.ofString());
            statuses.add(response.statusCode());
            if (response.statusCode() < 300) {
                accepted.accept(new Accepted(
                        response.statusCode(), response.body().isEmpty() ? json.nullNode() : read(response.body())));
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

    private void count(String kind) {
        completed.merge(kind, 1, Integer::sum);
    }

    private static String any(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
