package io.clientela.dialect;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.support.TestTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An API that writes and reads customers, and which of their fields it can carry, by their names in {@code /v1}. */
enum WireFormat {
    OWN(
            "/v1/customers",
            "",
            "",
            fields(
                    "name",
                    "first_name",
                    "last_name",
                    "company_name",
                    "email",
                    "phone",
                    "document",
                    "notes",
                    "address",
                    "avatar",
                    "tags",
                    "source",
                    "status",
                    "value",
                    "auto_payment")),
    VOKI("/api/v1/customers", "customer", "/data", fields("name", "email", "phone", "document", "notes")),
    LOCATION(
            "/api/location/v1/customers",
            "",
            "/body",
            fields("name", "company_name", "email", "phone", "address", "avatar", "tags", "source"),
            "status"),
    AIVAPAD(
            "/api/external/v1/customers",
            "",
            "",
            renamed(
                    fields("name", "email", "phone", "notes", "status", "value"),
                    Map.of("first_name", "firstName", "last_name", "lastName", "auto_payment", "autoPayment")));

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String path;
    private final String input;
    private final JsonPointer output;
    private final Map<String, String> names;
    private final Set<String> onlyCreated;

    WireFormat(String path, String input, String output, Map<String, String> names, String... onlyCreated) {
        this.path = path;
        this.input = input;
        this.output = JsonPointer.compile(output);
        this.names = names;
        this.onlyCreated = Set.of(onlyCreated);
    }

    private static Map<String, String> fields(String... names) {
        Map<String, String> same = new LinkedHashMap<>();
        for (String name : names) {
            same.put(name, name);
        }
        return same;
    }

    private static Map<String, String> renamed(Map<String, String> same, Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(same);
        all.putAll(others);
        return all;
    }

    /** Returns the fields that a change can carry. */
    Set<String> fields() {
        return names.keySet();
    }

    /** Creates a customer with those of these fields that it can carry; returns the id. */
    String create(TestTenant tenant, Map<String, JsonNode> fields) {
        var body = tenant.json(body(fields, true))
                .post(path)
                .then()
                .statusCode(201)
                .extract();
        return read(body.asString()).at(output).path("id").textValue();
    }

    /** Changes those of these fields that it can carry. */
    void update(TestTenant tenant, String id, Map<String, JsonNode> fields) {
        tenant.json(body(fields, false)).put(path + "/" + id).then().statusCode(200);
    }

    /** Returns the fields that it can carry, null ones included. */
    Map<String, JsonNode> read(TestTenant tenant, String id) {
        var customer = read(tenant.call()
                        .get(path + "/" + id)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .at(output);
        Map<String, JsonNode> fields = new TreeMap<>();
        names.forEach((own, name) -> fields.put(own, customer.path(name)));
        return fields;
    }

    /** Returns those of these fields that a create can carry. */
    Map<String, JsonNode> created(Map<String, JsonNode> fields) {
        Map<String, JsonNode> carried = new TreeMap<>(fields);
        carried.keySet().removeIf(name -> !names.containsKey(name) && !onlyCreated.contains(name));
        return carried;
    }

    private String body(Map<String, JsonNode> fields, boolean isNew) {
        ObjectNode customer = MAPPER.createObjectNode();
        fields.forEach((own, value) -> {
            if (names.containsKey(own)) {
                customer.set(names.get(own), value);
            } else if (isNew && onlyCreated.contains(own)) {
                customer.set(own, value);
            }
        });
        return (input.isEmpty() ? customer : MAPPER.createObjectNode().set(input, customer)).toString();
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
