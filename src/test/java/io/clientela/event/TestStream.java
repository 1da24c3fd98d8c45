package io.clientela.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.support.TestTenant;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client of the live stream that reads its fields, as EventSource does. */
final class TestStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 30_000;

    private final HttpURLConnection connection;
    private final BufferedReader lines;
    private String lastId;

    private TestStream(HttpURLConnection connection) throws IOException {
        this.connection = connection;
        assertThat(connection.getResponseCode()).isEqualTo(200);
        assertThat(connection.getContentType()).startsWith("text/event-stream");
        lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        readBeginning();
    }

    static TestStream open(TestTenant tenant, String query) {
        return open(tenant.token(), query, null);
    }

    static TestStream open(String token, String query, String lastEventId) {
        try {
            return new TestStream(connect(token, query, lastEventId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpURLConnection connect(String token, String query, String lastEventId) throws IOException {
        var uri = URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/events" + query);
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setRequestProperty("Accept", "text/event-stream");
        if (lastEventId != null) {
            connection.setRequestProperty("Last-Event-ID", lastEventId);
        }
        return connection;
    }

    /** The stream has begun, so that what happens now is in it. */
    private void readBeginning() throws IOException {
        assertThat(lines.readLine()).startsWith("retry: ");
    }

    /** Returns the next event; null at the end of the stream. */
    JsonNode next() {
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    lastId = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    return event(line.substring("data: ".length()));
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode event(String data) throws JsonProcessingException {
        var event = JSON.readTree(data);
        assertThat(event.get("id").asText()).isEqualTo(lastId);
        return event;
    }

    /** Returns the id with which to resume. */
    String lastId() {
        return lastId;
    }

    void hangUp() {
        connection.disconnect();
    }

    @Override
    public void close() {
        hangUp();
    }
}
