package io.clientela.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldModifier;
import de.siegmar.fastcsv.reader.NamedCsvRecordHandler;
import io.clientela.support.TestTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A response to an export, as the bytes that were sent. */
record ExportedFile(HttpResponse<byte[]> response) {
    static final String PATH = "/v1/customers/export";

    /** Stands for the cell of an unknown value; an empty text is sent in quotes. */
    static final String UNKNOWN = "\0unknown";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Sends an export with this query and these headers. */
    static ExportedFile get(TestTenant tenant, String query, String... headers) {
        return send("GET", tenant, query, headers);
    }

    static ExportedFile send(String method, TestTenant tenant, String query, String... headers) {
        var request = tenant.request(PATH + query).method(method, java.net.http.HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new ExportedFile(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    ExportedFile ok() {
        assertThat(response.statusCode()).as(text()).isEqualTo(200);
        return this;
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Returns the cells of each line, by column, without the apostrophes for spreadsheets. */
    List<Map<String, String>> rows() {
        return rows(text());
    }

    static List<Map<String, String>> rows(String text) {
        FieldModifier originals = new FieldModifier() {
            @Override
            public String modify(long line, int column, boolean quoted, String field) {
                return field.isEmpty() && !quoted ? UNKNOWN : SpreadsheetText.unprotect(field);
            }
        };
        List<Map<String, String>> rows = new ArrayList<>();
        var lines = NamedCsvRecordHandler.of(handler -> handler.fieldModifier(originals));
        CsvReader.builder().build(lines, text).forEach(line -> rows.add(new LinkedHashMap<>(line.getFieldsAsMap())));
        return rows;
    }

    Map<String, Map<String, String>> rowsById() {
        Map<String, Map<String, String>> rows = new HashMap<>();
        rows().forEach(row -> rows.put(row.get("id"), row));
        return rows;
    }

    static JsonNode json(String text) {
        try {
            return EXACT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
