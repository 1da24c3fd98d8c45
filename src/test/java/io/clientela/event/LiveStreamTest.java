package io.clientela.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import io.clientela.support.ApiTest;
import io.clientela.support.TestEvents;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LiveStreamTest extends ApiTest {
    private static final int STREAMS = 4;
    private static final int EVENTS = 120;

    private final TestTenant tenant = TestTenant.fresh();

    private static List<String> names(TestStream stream, int count) {
        List<String> names = new ArrayList<>();
        while (names.size() < count) {
            names.add(stream.next().at("/changes/name/to").asText());
        }
        return names;
    }

    @Test
    void streamSendsWhatHappens() {
        tenant.createNamed("Before");
        TestEvents.awaitSettled(tenant);
        try (var stream = TestStream.open(tenant, "")) {
            var id = tenant.createNamed("Jane");

            var event = stream.next();

            assertThat(event.get("type").asText()).isEqualTo("customer.created");
            assertThat(event.at("/subject/id").asText()).isEqualTo(id);
            assertThat(event.at("/changes/name/to").asText()).isEqualTo("Jane");
        }
    }

    @Test
    void lastEventIdResumesBeforeAfter() {
        String first;
        try (var stream = TestStream.open(tenant, "")) {
            tenant.createNamed("First");
            assertThat(names(stream, 1)).containsExactly("First");
            first = stream.lastId();
        }
        tenant.createNamed("Second");

        try (var stream = TestStream.open(tenant.token(), "?after=latest", first)) {
            tenant.createNamed("Third");

            assertThat(names(stream, 2)).containsExactly("Second", "Third");
        }
    }

    @Test
    void typesNarrowStream() {
        try (var stream = TestStream.open(tenant, "?types=customer.updated")) {
            var id = tenant.createNamed("Jane");
            tenant.patch(id, "{\"notes\":\"VIP\"}");

            assertThat(stream.next().get("type").asText()).isEqualTo("customer.updated");
        }
    }

    @Test
    void otherTenantsSeeNothing() {
        var other = TestTenant.fresh();
        try (var stream = TestStream.open(other, "")) {
            tenant.createNamed("Jane");
            other.createNamed("Mary");

            assertThat(names(stream, 1)).containsExactly("Mary");
        }
    }

    @Test
    void unknownStartReturns400() {
        tenant.call()
                .accept("text/event-stream")
                .get("/v1/events?after=" + UUID.randomUUID())
                .then()
                .statusCode(400)
                .body("errors.field", contains("after"));
        tenant.call()
                .accept("text/event-stream")
                .header("Last-Event-ID", "x")
                .get("/v1/events")
                .then()
                .statusCode(400);
    }

    /** Streams begin at different times, so that they catch up while others have, and get each event once. */
    @Test
    void streamsGetAllEventsOnce() {
        var threads = Executors.newFixedThreadPool(STREAMS + 1);
        try {
            var written = CompletableFuture.runAsync(
                    () -> IntStream.range(0, EVENTS).forEach(i -> tenant.createNamed("Customer " + i)), threads);
            var read = IntStream.range(0, STREAMS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(this::readAll, threads))
                    .toList();

            written.join();

            read.forEach(names -> assertThat(names.join()).hasSize(EVENTS).doesNotHaveDuplicates());
        } finally {
            threads.shutdown();
        }
    }

    /** Resumes now and then. */
    private List<String> readAll() {
        List<String> all = new ArrayList<>();
        var last = EventQuery.Start.BEFORE_ALL.toString();
        while (all.size() < EVENTS) {
            try (var stream = TestStream.open(tenant.token(), "", last)) {
                all.addAll(names(stream, EVENTS / STREAMS));
                last = stream.lastId();
            }
        }
        return all;
    }
}
