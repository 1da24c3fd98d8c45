package io.clientela.merge;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Undos of merges over HTTP. */
@QuarkusTest
class UndoTest extends MergeApiTest {
    private static final String ANONYMIZE = "UPDATE customer SET anonymized = ?::boolean WHERE id = ?::uuid";

    private Map<String, Object> readAll(String id) {
        Map<String, Object> customer = tenant.call()
                .queryParam("include", "addresses,stats,clusters,calls,orders")
                .get(CUSTOMERS + "/" + id)
                .jsonPath()
                .getMap("");
        Stream.of("version", "updated_at").forEach(customer::remove);
        ((List<?>) customer.get("addresses")).forEach(address -> ((Map<?, ?>) address).remove("updated_at"));
        return customer;
    }

    @Test
    void undoRestoresTargetAndSource() {
        var cluster = tenant.json("{\"name\":\"Gold\"}")
                .post("/v1/clusters")
                .jsonPath()
                .getString("id");
        var target = create(TARGET);
        var source = create(SOURCE.replace("{\"name\"", "{\"cluster_id\":\"" + cluster + "\",\"name\""));
        var call = add(source, "calls", "{\"direction\":\"inbound\",\"external_id\":\"c1\"}");
        add(source, "orders", "{\"total\":10.50,\"status\":\"completed\"}");
        add(source, "addresses", "{\"line1\":\"Rua A, 1\"}");
        add(target, "addresses", "{\"line1\":\"Rua T, 1\"}");
        var targetBefore = readAll(target);
        var sourceBefore = readAll(source);

        undo(merged(target, source))
                .statusCode(200)
                .body("undone_by", equalTo("tester"))
                .body("undone_at", notNullValue());

        assertThat(readAll(target)).isEqualTo(targetBefore);
        assertThat(readAll(source)).isEqualTo(sourceBefore);
        tenant.call().get(CUSTOMERS + "/" + source + "/calls/" + call).then().statusCode(200);
        tenant.patch(source, "{\"notes\":\"x\"}");
    }

    /** Includes the columns that later migrations add to customers. */
    @Test
    void undoRestoresEveryColumnOfSource() {
        var target = tenant.createNamed("T");
        var source = create(SOURCE);
        var row = "SELECT to_jsonb(c) - 'version' - 'updated_at' FROM customer c WHERE id = ?::uuid";
        var before = TestDatabase.column(row, source);

        undo(merged(target, source)).statusCode(200);

        assertThat(TestDatabase.column(row, source)).isEqualTo(before);
    }

    @Test
    void undoKeepsFieldsEditedSinceMerge() {
        var target = create(TARGET);
        var source = create(SOURCE);
        var merge = merged(target, source);
        tenant.patch(target, """
                {"email":"edited@example.com","attributes":{"z":3},"tags":["a","b","c"]}""");
        var call = add(target, "calls", INBOUND);

        undo(merge).statusCode(200);

        tenant.get(target)
                .then()
                .body("email", equalTo("edited@example.com"))
                .body("document", nullValue())
                .body("status", equalTo("active"))
                .body("attributes", equalTo(Map.of("x", 1, "z", 3)))
                .body("tags", contains("a", "c"))
                .body("call_count", equalTo(1));
        tenant.get(source).then().body("email", equalTo("ana@example.com")).body("call_count", equalTo(0));
        tenant.call().get(CUSTOMERS + "/" + target + "/calls/" + call).then().statusCode(200);
    }

    /** A consent that the person withdrew as the survivor is not given back with the source. */
    @Test
    void undoKeepsConsentWithdrawnSinceMerge() {
        var granted = "{\"name\":\"Jane\",\"preferences\":{\"newsletter\":true,\"promotions\":true}}";
        var target = create(granted);
        var source = create(granted);
        var merge = merged(target, source);
        tenant.patch(target, "{\"preferences\":{\"newsletter\":false}}");

        undo(merge).statusCode(200);

        tenant.get(source)
                .then()
                .body("preferences.newsletter", equalTo(false))
                .body("preferences.promotions", equalTo(true));
        tenant.get(target).then().body("preferences.newsletter", equalTo(false));
    }

    @Test
    void undoLeavesOutClusterDeletedSince() {
        var clusters = Stream.of("Old", "New")
                .map(name -> tenant.json("{\"name\":\"" + name + "\"}")
                        .post("/v1/clusters")
                        .<String>path("id"))
                .toList();
        var ids = clusters.stream()
                .map(cluster -> create("{\"name\":\"N\",\"cluster_id\":\"" + cluster + "\"}"))
                .toList();
        String merge = mergePreferring(Map.of("cluster_id", ids.get(1)), ids.get(0), ids.get(1))
                .statusCode(200)
                .body("cluster_id", equalTo(clusters.get(1)))
                .extract()
                .path("merge_id");
        tenant.call().delete("/v1/clusters/" + clusters.get(0)).then().statusCode(204);

        undo(merge).statusCode(200);

        tenant.get(ids.get(0)).then().body("cluster_id", nullValue());
        tenant.get(ids.get(1)).then().body("cluster_id", equalTo(clusters.get(1)));
    }

    @Test
    void undoKeepsTypeOfCorrectedDocument() {
        var target = create(TARGET);
        var merge = merged(target, create(SOURCE));
        tenant.patch(target, "{\"document\":\"111.444.777-35\"}");

        undo(merge).statusCode(200);

        tenant.get(target)
                .then()
                .body("document", equalTo("111.444.777-35"))
                .body("document_type", equalTo("cpf"))
                .body("document_valid", equalTo(true));
    }

    @Test
    void undoKeepsDocumentOfCorrectedType() {
        var target = create("{\"name\":\"T\",\"document\":\"111.444.777-35\"}");
        var source = create("{\"name\":\"S\",\"document\":\"529.982.247-25\"}");
        String merge = mergePreferring(Map.of("document", source), target, source)
                .extract()
                .path("merge_id");
        tenant.patch(target, "{\"document_type\":\"other\"}");

        undo(merge).statusCode(200);

        tenant.get(target).then().body("document", equalTo("529.982.247-25")).body("document_type", equalTo("other"));
    }

    @Test
    void undoBeforeLaterMergeReturns409() {
        var a = tenant.createNamed("A");
        var b = tenant.createNamed("B");
        var c = tenant.createNamed("C");
        var intoB = merged(b, a);
        var intoC = merged(c, b);
        var latest = merged(c, tenant.createNamed("D"));

        undo(intoB).statusCode(409).body("code", equalTo("undo_refused")).body("blocking_merge_ids", contains(intoC));
        undo(intoC).statusCode(409).body("blocking_merge_ids", contains(latest));
    }

    @Test
    void chainedMergesAreUndoneInReverseOrder() {
        var a = create("{\"name\":\"A\",\"email\":\"a@example.com\"}");
        var b = create("{\"name\":\"B\",\"phone\":\"+5511988887777\"}");
        var c = tenant.createNamed("C");
        add(a, "calls", INBOUND);
        add(b, "calls", INBOUND);
        var intoB = merged(b, a);
        var intoC = merged(c, b);
        var latest = merged(c, tenant.createNamed("D"));

        undo(latest).statusCode(200);
        undo(intoC).statusCode(200);
        tenant.get(c)
                .then()
                .body("call_count", equalTo(0))
                .body("email", nullValue())
                .body("phone", nullValue());
        tenant.get(b).then().body("call_count", equalTo(2)).body("email", equalTo("a@example.com"));

        undo(intoB).statusCode(200);
        tenant.get(b).then().body("call_count", equalTo(1)).body("email", nullValue());
        tenant.get(a).then().body("call_count", equalTo(1)).body("email", equalTo("a@example.com"));
    }

    @Test
    void repeatedUndoReturns409() {
        var merge = merged(tenant.createNamed("T"), tenant.createNamed("S"));
        undo(merge).statusCode(200);

        undo(merge).statusCode(409).body("reason", equalTo("undone"));
    }

    @Test
    void undoOfUnknownMergeReturns404() {
        undo(UUID.randomUUID().toString()).statusCode(404);
    }

    @Test
    void undoWithSourceExternalIdAtTargetReturns409() {
        var target = create("{\"name\":\"T\",\"external_id\":\"t\"}");
        var source = create("{\"name\":\"S\",\"external_id\":\"s\"}");
        var merge = merged(target, source);
        tenant.patch(target, "{\"external_id\":\"s\"}");

        undo(merge).statusCode(409).body("reason", equalTo("external_id_taken"));

        tenant.patch(target, "{\"external_id\":\"t\"}");
        undo(merge).statusCode(200);
    }

    /** Other customers can only have it from the time before merges kept external ids. */
    @Test
    void undoWithTakenSourceExternalIdReturns409() {
        var target = tenant.createNamed("T");
        var source = create("{\"name\":\"S\",\"external_id\":\"s\"}");
        var merge = merged(target, source);
        tenant.patch(target, "{\"external_id\":\"other\"}");
        TestDatabase.execute("DELETE FROM customer_alias WHERE tenant_id = ?", tenant.name());
        var owner = create("{\"name\":\"Owner\",\"external_id\":\"s\"}");

        undo(merge).statusCode(409).body("reason", equalTo("external_id_taken"));

        tenant.call().delete(CUSTOMERS + "/" + owner);
        undo(merge).statusCode(200);
    }

    @Test
    void undoWithTakenTargetExternalIdReturns409() {
        var target = create("{\"name\":\"T\",\"external_id\":\"t\"}");
        var source = create("{\"name\":\"S\",\"external_id\":\"s\"}");
        String merge = mergePreferring(Map.of("external_id", source), target, source)
                .statusCode(200)
                .body("external_id", equalTo("s"))
                .extract()
                .path("merge_id");
        TestDatabase.execute("DELETE FROM customer_alias WHERE tenant_id = ?", tenant.name());
        var owner = create("{\"name\":\"Owner\",\"external_id\":\"t\"}");

        undo(merge).statusCode(409).body("reason", equalTo("external_id_taken"));

        tenant.call().delete(CUSTOMERS + "/" + owner);
        undo(merge).statusCode(200);
        tenant.get(target).then().body("external_id", equalTo("t"));
    }

    @Test
    void undoWithAnonymisedTargetReturns409() {
        var target = tenant.createNamed("T");
        var merge = merged(target, tenant.createNamed("S"));
        TestDatabase.execute(ANONYMIZE, "true", target);

        undo(merge).statusCode(409).body("reason", equalTo("anonymized"));

        TestDatabase.execute(ANONYMIZE, "false", target);
        undo(merge).statusCode(200);
    }

    @Test
    void undoWithDeletedTargetReturns404() {
        var target = tenant.createNamed("T");
        var merge = merged(target, tenant.createNamed("S"));
        tenant.call().delete(CUSTOMERS + "/" + target).then().statusCode(204);

        undo(merge).statusCode(404);
    }

    /** The history is kept on purpose; everything else that a merge stored goes with the target. */
    @Test
    void deleteOfTargetDeletesSnapshotsOfSources() {
        var a = create("{\"name\":\"Zacarias One\",\"email\":\"zacarias@example.com\"}");
        var b = create("{\"name\":\"Zacarias Two\",\"phone\":\"+55 11 97777-6666\"}");
        var c = create("{\"name\":\"Zacarias Three\",\"external_id\":\"zacarias\"}");
        var undone = merged(b, a);
        undo(undone).statusCode(200);
        var intoB = merged(b, a);
        var intoC = merged(c, b);
        var kept = merged(tenant.createNamed("Kept"), tenant.createNamed("Kept source"));
        assertThat(rowsWith("zacarias")).contains("merge", "merged_customer", "customer_alias", "customer");

        tenant.call().delete(CUSTOMERS + "/" + c).then().statusCode(204);

        assertThat(rowsWith("zacarias")).isEmpty();
        assertThat(rowsWith("97777")).isEmpty();
        List.of(intoB, intoC).forEach(merge -> undo(merge).statusCode(404));
        undo(undone).statusCode(409);
        tenant.call()
                .get(CUSTOMERS + "/" + c + "/merges")
                .then()
                .statusCode(200)
                .body("data.id", contains(intoC));
        undo(kept).statusCode(200);
    }

    /** Returns the tables with rows of the tenant that contain a text, apart from the history. */
    private List<String> rowsWith(String text) {
        return TestDatabase.column("SELECT table_name FROM information_schema.columns"
                        + " WHERE table_schema = current_schema() AND column_name = 'tenant_id'")
                .stream()
                .filter(table -> !table.equals("customer_event"))
                .filter(table -> !TestDatabase.column(
                                "SELECT 1 FROM " + table + " AS t WHERE tenant_id = ? AND to_jsonb(t)::text ILIKE ?",
                                tenant.name(),
                                "%" + text + "%")
                        .isEmpty())
                .toList();
    }

    @Test
    void restoredSourceCanBeMergedAgain() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        undo(merged(target, source)).statusCode(200);

        merge(target, source).statusCode(200);
    }

    @Test
    void undoIsRecordedInBothHistories() {
        var target = create(TARGET);
        var source = create(SOURCE);
        var merge = merged(target, source);

        undo(merge);

        var ofTarget = historyOf(target);
        assertThat(ofTarget.<String>getList("data.type"))
                .containsExactly("customer.merge_undone", "customer.merged", "customer.created");
        assertThat(ofTarget.<Integer>getList("data.version")).containsExactly(3, 2, 1);
        assertThat(ofTarget.getString("data[0].changes.email.from")).isEqualTo("ana@example.com");
        var ofSource = historyOf(source);
        assertThat(ofSource.<String>getList("data.type"))
                .containsExactly("customer.merge_undone", "customer.merged", "customer.created");
        assertThat(ofSource.<Integer>getList("data.version")).containsExactly(3, 2, 1);
        assertThat(ofSource.getString("data[1].details.merged_into")).isEqualTo(target);
        assertThat(ofSource.getString("data[0].details.merge_id")).isEqualTo(merge);
        assertThat(ofSource.getMap("data[0].changes")).isEmpty();
    }
}
