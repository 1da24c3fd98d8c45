package io.clientela.transfer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.clientela.transfer.ExportedFile.PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExportTest extends ApiTest {
    /** Every field, with what is hard in CSV and in spreadsheets. */
    private static final String EVERY_FIELD = """
            {"external_id": "@SUM(1,2)", "type": "company", "status": "inactive", "name": "=HYPERLINK(\\"x\\";\\"y\\")",
             "first_name": "-Ann, \\"the\\" 1st", "last_name": "'=Smith", "company_name": "''@Acme",
             "email": "ann+1@example.com", "phone": "+55 11 98765-4321", "document": "-123.456-X",
             "document_type": "other", "state_registration": "\\t1", "source": "=cmd|' /C calc'!A0",
             "avatar": "https://example.com/a,b.png", "birthday": "1990-02-28", "address": "Street 1\\nFloor 2\\r\\n",
             "tags": ["=1", "a|b", "c\\\\d", "x,y", "\\"q\\"", "😀"], "location_id": "'+7",
             "value": -5.00, "auto_payment": true, "notes": "😀 \\"quoted\\", =1\\r\\n\\r\\n;last",
             "preferences": {"order_updates": true, "promotions": false, "whatsapp": true},
             "social": {"driver": "=google", "id": "-1"}, "utm": {"source": "+x", "campaign": "a;b"},
             "attributes": {"color": "=blue", "size": -5.10, "text": "5", "empty": "", "list": [1, "x"], "none": null}}
            """;

    private final TestTenant tenant = TestTenant.fresh();

    private ExportedFile export(String query, String... headers) {
        return ExportedFile.get(tenant, query, headers).ok();
    }

    private List<String> names(String query) {
        return export(query).rows().stream().map(row -> row.get("name")).toList();
    }

    private JsonNode get(String id) {
        return ExportedFile.json(tenant.call()
                .get(CUSTOMERS + "/" + id + "?include=stats")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    /** Returns the text that a column must have for a customer as GET returned it. */
    private static String expected(JsonNode customer, String column) {
        var value = customer.at("/" + column.replace('.', '/'));
        if (column.matches("total_.*|(first|last)_order_date")) {
            value = customer.get("stats").get(column);
        }
        if (value.isMissingNode() || value.isNull() || value.isArray() && value.isEmpty()) {
            return ExportedFile.UNKNOWN;
        }
        if (value.isArray()) {
            List<String> tags = new ArrayList<>();
            value.forEach(tag -> tags.add(tag.textValue()));
            return TagList.join(tags);
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static void assertColumns(Map<String, String> row, JsonNode customer) {
        row.forEach((column, cell) -> assertThat(cell).as(column).isEqualTo(expected(customer, column)));
    }

    @Test
    void everyColumnHasWhatGetReturns() {
        var cluster = tenant.json("{\"name\":\"A\"}").post("/v1/clusters").path("id");
        var full = tenant.create(EVERY_FIELD).getString("id");
        tenant.patch(full, "{\"cluster_id\":\"" + cluster + "\"}");
        var path = CUSTOMERS + "/" + full;
        tenant.json("{\"notes\":\"x\"}").post(path + "/calls").then().statusCode(201);
        tenant.json("{\"number\":\"1\",\"total\":12.50,\"placed_at\":\"2026-01-01T23:59:59.5Z\"}")
                .post(path + "/orders")
                .then()
                .statusCode(201);
        var empty = tenant.createNamed("Joe");

        var rows = export("").rowsById();

        assertThat(rows).containsOnlyKeys(full, empty);
        assertColumns(rows.get(full), get(full));
        assertColumns(rows.get(empty), get(empty));
        assertThat(rows.get(full)).containsEntry("total_spent", "12.50").containsEntry("value", "-5.00");
        assertThat(rows.get(full).values())
                .filteredOn(ExportedFile.UNKNOWN::equals)
                .hasSize(2);
    }

    @Test
    void everyFieldHasColumn() {
        var id = tenant.create(EVERY_FIELD).getString("id");
        List<String> expected = new ArrayList<>();
        get(id).properties().forEach(member -> {
            if (Set.of("preferences", "social", "utm").contains(member.getKey())) {
                member.getValue().fieldNames().forEachRemaining(part -> expected.add(member.getKey() + "." + part));
            } else if (!member.getKey().equals("stats")) {
                expected.add(member.getKey());
            }
        });
        int afterCalls = expected.indexOf("last_call_at") + 1;
        expected.addAll(afterCalls, List.of("total_orders", "total_spent", "first_order_date", "last_order_date"));

        var header = export("").text().lines().findFirst().orElseThrow();

        assertThat(header).isEqualTo(String.join(",", expected)).startsWith("id,number,version,external_id");
    }

    @Test
    void emptyTextDiffersFromUnknown() {
        tenant.create("{\"name\":\"Jane\",\"notes\":\"\"}");

        assertThat(export("?columns=notes,name,address").text()).isEqualTo("notes,name,address\r\n\"\",Jane,\r\n");
        assertThat(export("?columns=address").text()).isEqualTo("address\r\n\"\"\r\n");
    }

    @Test
    void formulasArePrefixedAndNumbersAreNot() {
        tenant.create(EVERY_FIELD);

        var text = export("?columns=external_id,last_name,phone,value,attributes.color,attributes.size,tags")
                .text();

        assertThat(text.lines().skip(1).findFirst().orElseThrow())
                .startsWith("\"'@SUM(1,2)\",''=Smith,'+55 11 98765-4321,-5.00,'=blue,'-5.10,\"'=1|a\\|b|c\\\\d|x,y|");
    }

    @Test
    void columnsAreChosenAndOrdered() {
        var id = tenant.create(EVERY_FIELD).getString("id");
        var columns = List.of(
                "utm.campaign",
                "id",
                "preferences.newsletter",
                "preferences.promotions",
                "attributes.size",
                "attributes.text",
                "attributes.empty",
                "attributes.list",
                "attributes.none",
                "attributes.unknown",
                "total_orders");

        var row = export("?columns=" + String.join(",", columns)).rows().get(0);

        assertThat(row.keySet()).containsExactlyElementsOf(columns);
        assertThat(row.values())
                .containsExactly(
                        "a;b",
                        id,
                        ExportedFile.UNKNOWN,
                        "false",
                        "-5.10",
                        "\"5\"",
                        "\"\"",
                        "[1,\"x\"]",
                        "null",
                        ExportedFile.UNKNOWN,
                        "0");
    }

    @Test
    void invalidParametersReturn400() {
        for (String query : List.of(
                "columns=nmae",
                "columns=",
                "columns=id,",
                "columns=id,id",
                "columns=attributes.",
                "columns=preferences",
                "columns=preferences.spam",
                "columns=stats",
                "format=ndjson&columns=total_spent",
                "format=ndjson&columns=nmae",
                "format=ndjson&bom=true",
                "trailer=true",
                "format=xml",
                "bom=yes",
                "status=asleep",
                "sort_by=shoe_size",
                "page=1",
                "page_size=10",
                "cursor=x",
                "count=none",
                "include=stats",
                "fields=id")) {
            var name = query.substring(query.lastIndexOf('&') + 1, query.lastIndexOf('='));
            tenant.call()
                    .get(PATH + "?" + query)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors[0].field", equalTo(name));
        }
        tenant.call().get(PATH + "?columns=nmae").then().body("detail", containsString("external_id"));
    }

    @Test
    void formatIsNegotiated() {
        tenant.createNamed("Jane");
        var csv = "text/csv;charset=UTF-8;header=present";
        var ndjson = "application/x-ndjson";

        assertThat(export("").header("Content-Type")).isEqualTo(csv);
        assertThat(export("", "Accept", "*/*").header("Content-Type")).isEqualTo(csv);
        assertThat(export("", "Accept", "text/*").header("Content-Type")).isEqualTo(csv);
        assertThat(export("", "Accept", ndjson).header("Content-Type")).isEqualTo(ndjson);
        assertThat(export("", "Accept", "text/csv;q=0.5, " + ndjson).header("Content-Type"))
                .isEqualTo(ndjson);
        assertThat(export("?format=ndjson", "Accept", "text/html,*/*;q=0.8").header("Content-Type"))
                .isEqualTo(ndjson);
        assertThat(export("?format=csv", "Accept", ndjson).header("Content-Type"))
                .isEqualTo(csv);
        tenant.call()
                .accept("application/json")
                .get(PATH)
                .then()
                .statusCode(406)
                .body("code", equalTo("not_acceptable"));
    }

    @Test
    void responseIsFileThatNobodyStores() {
        var file = export("");

        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"customers-" + LocalDate.now(ZoneOffset.UTC) + ".csv\"");
        assertThat(file.header("Cache-Control")).isEqualTo("no-store");
        assertThat(export("?format=ndjson").header("Content-Disposition")).endsWith(".ndjson\"");
        assertThat(file.header("Vary")).contains("Accept", "Accept-Encoding");
    }

    @Test
    void emptyListIsHeaderOnly() {
        assertThat(export("?columns=id,name").text()).isEqualTo("id,name\r\n");
        assertThat(export("?columns=id&bom=true").text()).isEqualTo("\uFEFFid\r\n");
        assertThat(export("?format=ndjson").text()).isEmpty();
        assertThat(export("?format=ndjson&trailer=true").text()).isEqualTo("{\"count\":0}\n");
    }

    @Test
    void headReturnsHeadersOnly() {
        tenant.createNamed("Jane");

        var head = ExportedFile.send("HEAD", tenant, "").ok();

        assertThat(head.text()).isEmpty();
        assertThat(head.header("Content-Type")).startsWith("text/csv");
        assertThat(head.header("Content-Disposition")).contains("customers-");
        assertThat(head.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void ndjsonHasCustomersAsGetReturnsThem() {
        var full = tenant.create(EVERY_FIELD).getString("id");
        var empty = tenant.createNamed("Zoe");

        var text = export("?format=ndjson&trailer=true").text();

        assertThat(text)
                .isEqualTo(
                        tenant.get(full).asString() + "\n" + tenant.get(empty).asString() + "\n{\"count\":2}\n");
        assertThat(export("?format=ndjson&columns=name,id&status=active").text())
                .isEqualTo("{\"id\":\"" + empty + "\",\"name\":\"Zoe\"}\n");
    }

    @Test
    void gzipIsUsedIfAccepted() throws IOException {
        tenant.create(EVERY_FIELD);
        var plain = export("");

        var compressed = export("", "Accept-Encoding", "br;q=1.0, GZIP;q=0.5");

        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(
                                new ByteArrayInputStream(compressed.response().body()))
                        .readAllBytes())
                .isEqualTo(plain.response().body());
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(export("", "Accept-Encoding", "gzip;q=0, deflate").header("Content-Encoding"))
                .isEmpty();
        assertThat(ExportedFile.get(tenant, "?columns=nmae", "Accept-Encoding", "gzip")
                        .header("Content-Encoding"))
                .isEmpty();
        tenant.call().header("Accept-Encoding", "gzip").get(CUSTOMERS).then().header("Content-Encoding", (String) null);
    }

    @Test
    void filtersAndOrdersAreThoseOfList() {
        tenant.create("{\"name\":\"Bob\",\"tags\":[\"vip\"],\"status\":\"blocked\",\"phone\":\"+5511987654321\"}");
        tenant.create("{\"name\":\"Ann\",\"tags\":[\"vip\"],\"email\":\"ann@example.com\",\"source\":\"a\"}");
        tenant.create("{\"name\":\"Eve\",\"type\":\"company\"}");

        assertThat(names("")).containsExactly("Bob", "Ann", "Eve");
        assertThat(names("?sort_order=desc")).containsExactly("Eve", "Ann", "Bob");
        assertThat(names("?sort_by=created_at&sort_order=desc")).containsExactly("Eve", "Ann", "Bob");
        assertThat(names("?sort_by=name")).containsExactly("Ann", "Bob", "Eve");
        assertThat(names("?sort_by=total_spent")).hasSize(3);
        assertThat(names("?sort_by=last_call_at&columns=name,total_spent,last_call_at"))
                .hasSize(3);
        assertThat(names("?tag=vip&status=blocked")).containsExactly("Bob");
        assertThat(names("?search=nn")).containsExactly("Ann");
        assertThat(names("?type=company")).containsExactly("Eve");
        assertThat(names("?email=ANN@example.com")).containsExactly("Ann");
        assertThat(names("?phone=" + URLEncoder.encode("(11) 98765-4321", StandardCharsets.UTF_8)))
                .containsExactly("Bob");
        assertThat(names("?source=b")).isEmpty();
    }

    @Test
    void locationConfinesExport() {
        tenant.create("{\"name\":\"North\",\"location_id\":\"north\"}");
        tenant.create("{\"name\":\"South\",\"location_id\":\"south\"}");
        var confined = TestTokens.with(claims -> {
            claims.setClaim("tenant", tenant.name());
            claims.setClaim("scope", "customers:read");
            claims.setClaim("location", "north");
        });

        var all = TestTenant.call(confined).get(PATH + "?columns=name").asString();

        assertThat(all).isEqualTo("name\r\nNorth\r\n");
        TestTenant.call(confined).get(PATH + "?location_id=south").then().statusCode(403);
        assertThat(tenant.call()
                        .header("X-Location", "south")
                        .get(PATH + "?columns=name")
                        .asString())
                .isEqualTo("name\r\nSouth\r\n");
    }

    @Test
    void otherTenantsAreNotExported() {
        TestTenant.fresh().createNamed("Other");
        tenant.createNamed("Own");

        assertThat(names("")).containsExactly("Own");
    }

    @Test
    void exportNeedsReadScope() {
        tenant.callWith("customers:write").get(PATH).then().statusCode(403).body("code", equalTo("insufficient_scope"));
        RestAssured.given().get(PATH).then().statusCode(401);
        tenant.call().post(PATH).then().statusCode(405);
    }
}
