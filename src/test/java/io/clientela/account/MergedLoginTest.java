package io.clientela.account;

import static io.clientela.account.AccountFixture.PASSWORD;
import static io.clientela.account.AccountFixture.newEmail;
import static io.clientela.account.AccountFixture.probe;
import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What customers log in with when they are merged. */
@QuarkusTest
class MergedLoginTest extends ApiTest {
    private static final String OTHER_PASSWORD = "another fine password";

    private final AccountFixture accounts = new AccountFixture();
    private final String targetEmail = newEmail();
    private final String sourceEmail = newEmail();

    @Test
    void mergeKeepsLoginOfTarget() {
        var target = accounts.customerWithPassword(targetEmail);
        var source = accounts.customer(sourceEmail);
        accounts.setPassword(source, OTHER_PASSWORD).then().statusCode(204);
        var targetToken = accounts.token(targetEmail);

        merge(target, source);

        assertThat(probe(targetToken).statusCode()).isEqualTo(422);
        assertThat(accounts.logIn(targetEmail, PASSWORD).statusCode()).isEqualTo(201);
        assertThat(accounts.logIn(targetEmail, OTHER_PASSWORD).statusCode()).isEqualTo(401);
        assertThat(accounts.logIn(sourceEmail, OTHER_PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void targetWithoutPasswordGetsThatOfTheFirstSource() {
        var target = accounts.customer(targetEmail);
        var without = accounts.customer(newEmail());
        var source = accounts.customerWithPassword(sourceEmail);
        var sourceToken = accounts.token(sourceEmail);
        var later = accounts.customer(newEmail());
        accounts.setPassword(later, OTHER_PASSWORD).then().statusCode(204);

        merge(target, without, source, later);

        assertThat(probe(sourceToken).statusCode()).isEqualTo(401);
        assertThat(accounts.logIn(targetEmail, PASSWORD).then().extract().<String>path("access_token"))
                .isNotNull();
        assertThat(accounts.logIn(targetEmail, OTHER_PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void undoGivesEachItsLoginBack() {
        var target = accounts.customer(targetEmail);
        var source = accounts.customerWithPassword(sourceEmail);
        var merge = merge(target, source);
        var mergedToken = accounts.token(targetEmail);

        undo(merge);

        assertThat(probe(mergedToken).statusCode()).isEqualTo(401);
        assertThat(accounts.logIn(targetEmail, PASSWORD).statusCode()).isEqualTo(401);
        assertThat(accounts.logIn(sourceEmail, PASSWORD).statusCode()).isEqualTo(201);
    }

    @Test
    void undoKeepsPasswordThatTargetSetSince() {
        var target = accounts.customer(targetEmail);
        var source = accounts.customerWithPassword(sourceEmail);
        var merge = merge(target, source);
        accounts.setPassword(target, OTHER_PASSWORD).then().statusCode(204);

        undo(merge);

        assertThat(accounts.logIn(targetEmail, OTHER_PASSWORD).statusCode()).isEqualTo(201);
        assertThat(accounts.logIn(sourceEmail, PASSWORD).statusCode()).isEqualTo(201);
    }

    private String merge(String target, String... sources) {
        return accounts.tenant()
                .json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + String.join("\",\"", sources) + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .extract()
                .path("merge_id");
    }

    private void undo(String merge) {
        accounts.tenant().call().post("/v1/merges/" + merge + "/undo").then().statusCode(200);
    }
}
