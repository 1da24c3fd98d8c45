package io.clientela.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Previews of merges over HTTP ({@code dry_run}). */
@QuarkusTest
class MergePreviewTest extends MergeApiTest {
    private ValidatableResponse preview(String target, String source) {
        return tenant.json(body(target, source))
                .queryParam("dry_run", true)
                .post(MERGE)
                .then()
                .statusCode(200);
    }

    private String createWithCall() {
        var source = create(SOURCE);
        add(source, "calls", """
                {"direction":"inbound","started_at":"2026-02-01T10:00:00Z"}""");
        return source;
    }

    @Test
    void previewListsConflictsAndMoves() {
        var target = create(TARGET);
        var source = createWithCall();

        preview(target, source)
                .body("blocking", empty())
                .body("moved.calls", equalTo(1))
                .body(
                        "conflicts.field",
                        containsInAnyOrder(
                                "external_id", "name", "phone", "attributes.x", "status", "preferences.newsletter"))
                .body("conflicts.find { it.field == 'phone' }.kept", equalTo("+55 11 98888-7777"))
                .body("conflicts.find { it.field == 'phone' }.candidates.customer_id", contains(target, source));
    }

    @Test
    void previewChangesNothing() {
        var target = create(TARGET);
        var source = createWithCall();

        preview(target, source);

        tenant.get(source).then().statusCode(200).body("version", equalTo(2));
        tenant.get(target).then().body("version", equalTo(1));
    }

    @Test
    void previewEqualsResultOfMerge() {
        var target = create(TARGET);
        var source = createWithCall();

        var preview = preview(target, source).extract().jsonPath();

        var result = merge(target, source).statusCode(200).extract().jsonPath();
        for (var field :
                List.of("name", "email", "document_valid", "tags", "attributes", "preferences", "call_count")) {
            assertThat(preview.<Object>get("customer." + field)).as(field).isEqualTo(result.get(field));
        }
    }

    @Test
    void previewReportsAnonymisedCustomer() {
        var target = tenant.createNamed("T");
        var source = tenant.createNamed("S");
        TestDatabase.execute("UPDATE customer SET anonymized = true WHERE id = ?::uuid", source);

        preview(target, source).body("blocking[0].reason", equalTo("anonymized"));
    }
}
