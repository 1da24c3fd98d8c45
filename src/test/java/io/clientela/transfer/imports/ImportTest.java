package io.clientela.transfer.imports;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.clientela.transfer.imports.ImportFixture.IMPORTS;
import static io.clientela.transfer.imports.ImportFixture.assertCounts;
import static io.clientela.transfer.imports.ImportFixture.csv;
import static io.clientela.transfer.imports.ImportFixture.end;
import static io.clientela.transfer.imports.ImportFixture.ndjson;
import static io.clientela.transfer.imports.ImportFixture.send;
import static io.clientela.transfer.imports.ImportFixture.sendCsv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestEvents;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports of customers, from the file to the customers. */
@QuarkusTest
class ImportTest extends ApiTest {
    private static final String THREE_FAULTS =
            "external_id,email\r\nA-1,a@example.com\r\nA-2,nobody\r\nA-3,c@example.com,x\r\n";

    private final TestTenant tenant = TestTenant.fresh();

    private List<String> names() {
        return tenant.call()
                .queryParam("page_size", 200)
                .get(CUSTOMERS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data.name");
    }

    @Test
    void customersAreCreatedThenUpdatedThenUnchanged() {
        var file = "external_id,name,email,tags,preferences.newsletter,value\r\n"
                + "A-1,Jane,jane@example.com,a|b,true,10.50\r\nA-2,Joe,,,,\r\n";

        assertCounts(csv(tenant, "", file), 2, 0, 0, 0);
        assertCounts(csv(tenant, "", file.replace("Jane", "Janet")), 0, 1, 1, 0);
        assertCounts(csv(tenant, "", file.replace("Jane", "Janet")), 0, 0, 2, 0);

        tenant.call()
                .queryParam("external_id", "A-1")
                .get(CUSTOMERS)
                .then()
                .body("data", hasSize(1))
                .body("data[0].name", equalTo("Janet"))
                .body("data[0].tags", equalTo(List.of("a", "b")))
                .body("data[0].preferences.newsletter", equalTo(true))
                .body("data[0].value", equalTo(10.5f));
    }

    @Test
    void everyRowIsInTheHistoryLikeSingleWrite() {
        csv(tenant, "", "external_id,name\nA-1,Jane\n");
        csv(tenant, "", "external_id,name\nA-1,Janet\n");
        String id = tenant.call().get(CUSTOMERS).jsonPath().getString("data[0].id");

        tenant.call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .body("data.type", equalTo(List.of("customer.updated", "customer.created")))
                .body("data[0].actor", equalTo("tester"))
                .body("data[0].changes.name.from", equalTo("Jane"));
    }

    @Test
    void rowSeesThoseBeforeIt() {
        var file = new StringBuilder("external_id,email,name\n");
        for (int i = 0; i < 1_200; i++) {
            file.append("A-")
                    .append(i % 600)
                    .append(",a")
                    .append(i % 600)
                    .append("@example.com,Name ")
                    .append(i)
                    .append('\n');
        }

        assertCounts(csv(tenant, "?dry_run=true", file.toString()), 600, 600, 0, 0);
        assertThat(names()).isEmpty();
        assertCounts(csv(tenant, "", file.toString()), 600, 600, 0, 0);
        assertThat(names()).hasSize(200).allMatch(name -> Integer.parseInt(name.substring(5)) >= 600);
    }

    @Test
    void dryRunTellsOutcomeAndWritesNothing() {
        csv(tenant, "", "external_id,email,name\nA-1,a@example.com,Jane\nA-2,b@example.com,Joe\n");
        var before = tenant.call().get(CUSTOMERS).jsonPath().getList("data");
        // The second row takes A-1's e-mail away, which the third one then may have without leading to A-1.
        var file = "external_id,email,name\nA-1,a@example.com,Jane\nA-1,new@example.com,Jane\nA-3,a@example.com,Ann\n"
                + "A-2,nobody,Joe\nA-3,a@example.com,Anna\n,b@example.com,Joseph\n";

        var tried = csv(tenant, "?dry_run=true", file);

        assertCounts(tried, 1, 3, 1, 1);
        assertThat(tried.getBoolean("dry_run")).isTrue();
        assertThat(tenant.call().get(CUSTOMERS).jsonPath().getList("data")).isEqualTo(before);
        assertCounts(csv(tenant, "", file), 1, 3, 1, 1);
    }

    @Test
    void createsInAnyCaseOrRefusesDuplicates() {
        var file = "name,email\nJane,jane@example.com\nJane,jane@example.com\n";

        assertCounts(csv(tenant, "?mode=create", file), 2, 0, 0, 0);
        var refused =
                csv(tenant, "?mode=create&on_duplicate=reject", file + "Joe,joe@example.com\nJo,joe@example.com\n");
        assertCounts(refused, 1, 0, 0, 3);
        tenant.call()
                .get(IMPORTS + "/" + refused.getString("id") + "/errors")
                .then()
                .body("data.line", equalTo(List.of(2, 3, 5)))
                .body("data[0].code", equalTo("duplicate_customer"));
    }

    @Test
    void sameFileIsNotCreatedTwiceUnlessAskedFor() {
        var file = "name\nJane\n";
        var first = csv(tenant, "?mode=create", file).getString("id");

        sendCsv(tenant, "?mode=create", file)
                .then()
                .statusCode(409)
                .body("code", equalTo("repeated_import"))
                .body("import_id", equalTo(first));
        assertCounts(csv(tenant, "?mode=create&repeat=true", file), 1, 0, 0, 0);
        assertThat(names()).hasSize(2);
    }

    @Test
    void idempotencyKeyRepeatsTheAnswer() {
        var file = "external_id,name\nA-1,Jane\n";
        var first = keyed(file);
        assertThat(first.jsonPath().getString("status")).isEqualTo("queued");
        end(tenant, first);

        keyed(file)
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(first.jsonPath().getString("id")));
        keyed(file.replace("Jane", "Joe")).then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
        assertThat(names()).containsExactly("Jane");
    }

    private io.restassured.response.Response keyed(String file) {
        return tenant.call()
                .header("Idempotency-Key", "import-1")
                .contentType("text/csv")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post(IMPORTS);
    }

    @Test
    void refusedRowsAreNamedAndGivenBack() {
        var job = csv(tenant, "", THREE_FAULTS);
        assertCounts(job, 0, 0, 0, 3);
        var path = IMPORTS + "/" + job.getString("id");

        tenant.call()
                .get(path + "/errors")
                .then()
                .body("data.line", equalTo(List.of(2, 3, 4)))
                .body("data.field", equalTo(List.of("/name", "/email", "")))
                .body("data.code", equalTo(List.of("required", "invalid_format", "invalid_length")))
                .body("data[2].message", equalTo("has 3 cells, the header has 2"))
                .body("meta.total_count", equalTo(3));
        assertThat(tenant.call().accept("text/csv").get(path + "/errors").asString())
                .startsWith("line,field,code,message\r\n2,/name,required,")
                .contains("\r\n3,/email,invalid_format,must be an e-mail address\r\n");
        var rejected = tenant.call().get(path + "/rejected");
        rejected.then().header("Content-Type", startsWith("text/csv"));
        assertThat(rejected.asString()).isEqualTo(THREE_FAULTS);
    }

    @Test
    void errorsArePagedByCursor() {
        var job = csv(tenant, "", THREE_FAULTS);
        var path = IMPORTS + "/" + job.getString("id") + "/errors";
        var first = tenant.call()
                .queryParam("page_size", 2)
                .get(path)
                .then()
                .body("data", hasSize(2))
                .extract()
                .jsonPath();

        tenant.call()
                .queryParam("page_size", 2)
                .queryParam("cursor", first.getString("meta.next_cursor"))
                .get(path)
                .then()
                .statusCode(200)
                .body("data.line", equalTo(List.of(4)));
    }

    @Test
    void linesOfNdjsonAreBodies() {
        var file =
                "{\"external_id\":\"A-1\",\"name\":\"Jane\",\"attributes\":{\"a\":1}}\n\n{\"name\":5}\n[1]\n{\"shoe\":1}\n";

        var job = ndjson(tenant, "", file);

        assertCounts(job, 1, 0, 0, 3);
        tenant.call()
                .get(IMPORTS + "/" + job.getString("id") + "/errors")
                .then()
                .body("data.line", equalTo(List.of(3, 4, 5)))
                .body("data.code", equalTo(List.of("invalid_type", "malformed_json", "unknown_field")));
        assertThat(tenant.call()
                        .get(IMPORTS + "/" + job.getString("id") + "/rejected")
                        .asString())
                .isEqualTo("{\"name\":5}\n[1]\n{\"shoe\":1}\n");
    }

    @Test
    void formsOfFilesAreFoundOut() {
        assertCounts(csv(tenant, "", "\uFEFFexternal_id;name\rA-1;\"Jane\nSmith\"\r"), 1, 0, 0, 0);
        assertCounts(csv(tenant, "", "\n\nEXTERNAL ID\tNAME\nA-2\tJoe"), 1, 0, 0, 0);
        assertCounts(csv(tenant, "", "\"external_id\",\"name\",\"email\"\n\"A-3\",\"Ann\",\"\"\n"), 1, 0, 0, 0);
        assertCounts(csv(tenant, "?trim=true", "external_id, name , email\nA-4 , Eve ,  \n"), 1, 0, 0, 0);
        var latin = "external_id,name\nA-5,Zoë\n".getBytes(StandardCharsets.ISO_8859_1);
        assertCounts(end(tenant, send(tenant, "", "text/csv;charset=ISO-8859-1", latin)), 1, 0, 0, 0);

        assertThat(names()).containsExactlyInAnyOrder("Jane\nSmith", "Joe", "Ann", "Eve", "Zoë");
    }

    @Test
    void encodingErrorIsNamedByLine() {
        var file = "external_id,name\nA-1,Jane\nA-2,Zo\u00eb\n".getBytes(StandardCharsets.ISO_8859_1);

        var job = end(tenant, send(tenant, "", "text/csv", file));

        assertCounts(job, 1, 0, 0, 1);
        tenant.call()
                .get(IMPORTS + "/" + job.getString("id") + "/errors")
                .then()
                .body("data[0].line", equalTo(3))
                .body("data[0].message", startsWith("is not UTF-8"));
    }

    @Test
    void headerAloneIsAnImportOfNothing() {
        assertCounts(csv(tenant, "", "name,email\n"), 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    ''                    | '' | file is empty
                    ' '                   | '' | file is empty
                    'name,shoe'           | '' | has the unknown column "shoe"
                    'name'                | ?columns=nmae:name | maps "nmae", which is not in the header
                    """)
    void unusableFilesAreRefusedAndNothingIsKept(String file, String query, String detail) {
        sendCsv(tenant, query, file).then().statusCode(422).body("detail", containsString(detail));

        tenant.call().get(IMPORTS).then().body("data", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "mode=merge, mode",
        "type=shoes, type",
        "columns=a, columns",
        "time_zone=Mars, time_zone",
        "on_duplicate=reject, on_duplicate",
        "shoe=1, shoe"
    })
    void invalidParametersAreNamed(String query, String field) {
        sendCsv(tenant, "?" + query, "name\nJane\n").then().statusCode(400).body("errors[0].field", equalTo(field));
    }

    @Test
    void otherMediaTypesAndCharsetsAreRefused() {
        var file = "name\nJane\n".getBytes(StandardCharsets.UTF_8);
        for (String type : List.of("application/json", "text/plain", "text/csv;charset=UTF-16")) {
            send(tenant, "", type, file).then().statusCode(415);
        }
    }

    @Test
    void unclosedQuoteIsRefusedWithoutKeepingAnything() {
        sendCsv(tenant, "", "external_id,name\nA-1,Jane\nA-2,\"" + "x\n".repeat(700_000))
                .then()
                .statusCode(422)
                .body("detail", containsString("line 3 begins a row of more than 1 MiB"));

        assertThat(names()).isEmpty();
    }

    @Test
    void fileIsLongerThanOtherBodies() {
        var file = new StringBuilder("external_id,name,notes\n");
        for (int i = 0; i < 3_000; i++) {
            file.append("A-")
                    .append(i)
                    .append(",Name,")
                    .append("x".repeat(1_000))
                    .append('\n');
        }

        assertCounts(csv(tenant, "", file.toString()), 3_000, 0, 0, 0);
    }

    @Test
    void importsOfTenantRunOneAfterTheOtherInTheirOrder() {
        var first = new StringBuilder("external_id,name\n");
        for (int i = 0; i < 1_500; i++) {
            first.append("A-").append(i).append(",First\n");
        }
        var ids = List.of(
                sendCsv(tenant, "", first.toString()).jsonPath().getString("id"),
                sendCsv(tenant, "", first.toString().replace("First", "Second"))
                        .jsonPath()
                        .getString("id"));

        assertCounts(end(tenant, ids.get(1)), 0, 1_500, 0, 0);
        assertCounts(end(tenant, ids.get(0)), 1_500, 0, 0, 0);
        assertThat(names()).containsOnly("Second");
        tenant.call().get(IMPORTS).then().body("data.id", equalTo(List.of(ids.get(1), ids.get(0))));
    }

    @Test
    void importIsCancelled() {
        var file = new StringBuilder("external_id,name\n");
        for (int i = 0; i < 20_000; i++) {
            file.append("A-").append(i).append(",Name\n");
        }
        var id = sendCsv(tenant, "", file.toString()).jsonPath().getString("id");

        tenant.call().delete(IMPORTS + "/" + id).then().statusCode(204);

        var job = end(tenant, id);
        assertThat(job.getString("status")).isEqualTo("canceled");
        assertThat(job.getInt("rows_read")).isLessThan(20_000);
        int written = tenant.call().get(CUSTOMERS).jsonPath().getInt("meta.total_count");
        assertThat(written).isEqualTo(job.getInt("created"));
        tenant.call().delete(IMPORTS + "/" + id).then().statusCode(204);
        var ended = csv(tenant, "", "name\n").getString("id");
        tenant.call().delete(IMPORTS + "/" + ended).then().statusCode(409).body("code", equalTo("import_ended"));
    }

    @Test
    void uploadThatClientBreaksOffFailsAtOnce() throws IOException {
        var part = "external_id,name\n" + "A-1,Name\n".repeat(1_000);
        var head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: text/csv\r\nContent-Length: %d\r\n\r\n"
                        .formatted(IMPORTS, tenant.token(), 2 * part.length());
        String id;
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write((head + part).getBytes(StandardCharsets.US_ASCII));
            id = ImportFixture.first(tenant);
        }

        var job = end(tenant, id);

        assertThat(job.getString("status")).isEqualTo("failed");
        assertThat(job.getString("error.code")).isEqualTo("bad_request");
        assertThat(names()).isEmpty();
        TestEvents.awaitSettled(tenant);
        var events = tenant.call().get("/v1/events?types=import.*").jsonPath();
        assertThat(events.getList("data.type")).containsExactly("import.failed");
        assertThat(events.getString("data[0].subject.id")).isEqualTo(id);
        assertThat(events.getString("data[0].details.error")).isEqualTo("bad_request");
    }

    @Test
    void progressIsFollowedLive() {
        var id = sendCsv(tenant, "", "external_id,name\nA-1,Jane\n").jsonPath().getString("id");

        var events = tenant.call().accept("text/event-stream").get(IMPORTS + "/" + id);

        events.then().statusCode(200).header("Content-Type", startsWith("text/event-stream"));
        assertThat(events.asString())
                .startsWith("event: progress\ndata: {\"id\":\"" + id)
                .contains("\"status\":\"completed\"")
                .endsWith("}\n\n");
    }

    @Test
    void importOfKilledInstanceIsTakenOver() {
        var file = new StringBuilder("external_id,name\n");
        for (int i = 0; i < 1_200; i++) {
            file.append("A-").append(i).append(",Name\n");
        }
        var id = csv(tenant, "", file.toString()).getString("id");
        // As an instance leaves it that dies within the second piece, after 100 of its rows.
        TestDatabase.execute(
                "INSERT INTO import_piece (tenant_id, import_id, number, first_line, row_count, data)"
                        + " SELECT tenant_id, id, 1, 502, 200, convert_to(?, 'UTF8') FROM import_job WHERE id = ?::uuid",
                "A-500,Name\n".repeat(100) + "B-1,Name\n".repeat(100),
                id);
        TestDatabase.execute(
                "UPDATE import_job SET status = 'running', finished_at = NULL, next_piece = 1, next_row = 100,"
                        + " piece_count = 2, leased_by = gen_random_uuid(), leased_until = now() - interval '1 s'"
                        + " WHERE id = ?::uuid",
                id);

        csv(TestTenant.fresh(), "", "name,email\n");
        assertCounts(end(tenant, id), 1_201, 0, 99, 0);
        assertThat(TestDatabase.column("SELECT count(*) FROM import_piece WHERE import_id = ?::uuid", id))
                .containsExactly("0");
    }

    @Test
    void rowThatFailsForReasonOfServiceKeepsNoOtherOut() {
        var defect = "Defect of " + tenant.name();
        TestDatabase.execute(
                "CREATE FUNCTION fail_defect() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.name = '" + defect
                        + "' THEN RAISE 'defect'; END IF; RETURN NEW; END $$");
        TestDatabase.execute(
                "CREATE TRIGGER fail_defect BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION fail_defect()");
        try {
            var job = csv(tenant, "?mode=create", "name\nA\nB\n" + defect + "\nC\nD\nE\n");

            assertCounts(job, 5, 0, 0, 1);
            tenant.call()
                    .get(IMPORTS + "/" + job.getString("id") + "/errors")
                    .then()
                    .body("data.line", equalTo(List.of(4)))
                    .body("data.code", equalTo(List.of("internal_error")));
        } finally {
            TestDatabase.execute("DROP FUNCTION fail_defect CASCADE");
        }
        assertThat(names()).containsExactlyInAnyOrder("A", "B", "C", "D", "E");
    }

    @Test
    void confinedCallerSeesAndFillsItsLocationOnly() {
        csv(tenant, "", "external_id,name\nA-1,Jane\n");
        var confined = TestTokens.with(claims -> {
            claims.setSubject("tester");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:read customers:write");
            claims.setStringClaim("location", "store-1");
        });
        var accepted = TestTenant.call(confined)
                .contentType("text/csv")
                .body("external_id,name,location_id\nA-1,Janet,\nA-2,Joe,\nA-3,Ann,store-2\n")
                .post(IMPORTS);
        accepted.then().statusCode(202);

        assertCounts(end(tenant, accepted.jsonPath().getString("id")), 1, 0, 0, 2);

        TestTenant.call(confined).get(IMPORTS).then().body("data", hasSize(1));
        tenant.call().get(IMPORTS).then().body("data", hasSize(2));
        tenant.call()
                .queryParam("location_id", "store-1")
                .get(CUSTOMERS)
                .then()
                .body("data.name", equalTo(List.of("Joe")));
    }

    @Test
    void exportIsImportedWithoutLoss() {
        tenant.create("""
                {"external_id":"A-1","name":"=Jane, \\"J\\"","first_name":"Jane","type":"company","company_name":"+ACME",
                 "email":"jane@example.com","phone":"+55 11 99999-8888","document":"52998224725","notes":"","value":-5.00,
                 "tags":["a|b","c\\\\d","'=x"],"birthday":"1990-01-31","auto_payment":false,
                 "preferences":{"newsletter":true,"whatsapp":false},"social":{"driver":"x","id":"7"},
                 "utm":{"source":"s","campaign":"c"},"attributes":{"n":1.50,"t":"5","o":{"k":[null]}}}""");
        var other = TestTenant.fresh();
        var another = TestTenant.fresh();

        assertCounts(csv(other, "", exported(tenant, "csv")), 1, 0, 0, 0);
        assertCounts(ndjson(another, "", exported(tenant, "ndjson")), 1, 0, 0, 0);

        assertThat(written(other)).isEqualTo(written(tenant));
        assertThat(written(another)).isEqualTo(written(tenant));
        assertCounts(csv(other, "", exported(other, "csv")), 0, 0, 1, 0);
        assertCounts(ndjson(another, "", exported(another, "ndjson")), 0, 0, 1, 0);
    }

    private static String exported(TestTenant tenant, String format) {
        return tenant.call()
                .queryParam("format", format)
                .get(CUSTOMERS + "/export")
                .asString();
    }

    /** Returns the columns that callers write. */
    private static String written(TestTenant tenant) {
        return tenant.call()
                .get(CUSTOMERS + "/export?format=csv&columns=external_id,name,first_name,type,company_name,email,phone,"
                        + "document,notes,value,tags,birthday,auto_payment,preferences.newsletter,preferences.whatsapp,"
                        + "preferences.promotions,social.driver,social.id,utm.source,utm.campaign,attributes")
                .asString();
    }
}
