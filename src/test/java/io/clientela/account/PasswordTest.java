package io.clientela.account;

import static io.clientela.account.AccountFixture.PASSWORD;
import static io.clientela.account.AccountFixture.newEmail;
import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PasswordTest extends ApiTest {
    private final AccountFixture accounts = new AccountFixture();

    @Test
    void setPasswordIsStoredAsArgon2idHashOnly() {
        var id = accounts.customerWithPassword(newEmail());

        assertThat(TestDatabase.column("SELECT password_hash FROM customer_account WHERE customer_id = ?::uuid", id))
                .singleElement()
                .asString()
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        var history =
                accounts.tenant().call().get(CUSTOMERS + "/" + id + "/history").then();
        history.body("data[0].type", equalTo("customer.password_changed"))
                .body("data[0].actor", equalTo("tester"))
                .body("data[0].changes.size()", equalTo(0));
        assertThat(history.extract().asString()).doesNotContain(PASSWORD, "argon2");
    }

    @Test
    void equalPasswordsHaveDifferentHashes() {
        accounts.customerWithPassword(newEmail());
        accounts.customerWithPassword(newEmail());

        assertThat(TestDatabase.column(
                        "SELECT password_hash FROM customer_account WHERE tenant_id = ?",
                        accounts.tenant().name()))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void weakPasswordReturns422() {
        var id = accounts.customer(newEmail());

        accounts.setPassword(id, "short")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/new_password"))
                .body("errors[0].code", equalTo("invalid_length"));
        accounts.setPassword(id, "password123")
                .then()
                .statusCode(422)
                .body("errors[0].code", equalTo("common_password"));
        accounts.tenant()
                .json("{\"new_password\":null,\"password\":\"x\"}")
                .put(CUSTOMERS + "/" + id + "/password")
                .then()
                .statusCode(422)
                .body("errors.field", containsInAnyOrder("/new_password", "/password"));
    }

    @Test
    void customerWithoutEmailReturns409() {
        var id = accounts.tenant().createNamed("Jane");

        accounts.setPassword(id, PASSWORD).then().statusCode(409).body("code", equalTo("email_required"));
    }

    @Test
    void mergedCustomerReturns409() {
        var target = accounts.customer(newEmail());
        var source = accounts.customer(newEmail());
        accounts.tenant()
                .json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200);

        accounts.setPassword(source, PASSWORD).then().statusCode(409).body("code", equalTo("merged"));
    }

    @Test
    void secondCustomerWithSameEmailReturns409() {
        var email = newEmail();
        var first = accounts.customerWithPassword(email);
        var second = accounts.customer(email.toUpperCase(java.util.Locale.ROOT));

        accounts.setPassword(second, PASSWORD).then().statusCode(409).body("code", equalTo("duplicate_login"));

        accounts.tenant().patch(first, "{\"email\":null}");
        accounts.setPassword(second, PASSWORD).then().statusCode(204);
        accounts.tenant()
                .json("{\"email\":\"" + email + "\"}")
                .patch(CUSTOMERS + "/" + first)
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_login"));
        assertThat(accounts.tenant().get(first).<String>path("email")).isNull();
        assertThat(accounts.logIn(email, PASSWORD).statusCode()).isEqualTo(201);
    }

    @Test
    void sameEmailInAnotherTenantHasPasswordOfItsOwn() {
        var email = newEmail();
        var other = new AccountFixture();
        accounts.customerWithPassword(email);
        other.setPassword(other.customer(email), "another password").then().statusCode(204);

        assertThat(accounts.logIn(email, PASSWORD).statusCode()).isEqualTo(201);
        assertThat(other.logIn(email, PASSWORD).statusCode()).isEqualTo(401);
        assertThat(other.logIn(email, "another password").statusCode()).isEqualTo(201);
    }

    @Test
    void ofConcurrentCustomersWithSameEmailOneGetsPassword() {
        var email = newEmail();
        var ids = List.of(
                accounts.customer(email), accounts.customer(email), accounts.customer(email), accounts.customer(email));

        var responses = Parallel.send(8, i -> accounts.tenant()
                .request(CUSTOMERS + "/" + ids.get(i % 4) + "/password")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"new_password\":\"" + PASSWORD + "\"}"))
                .build());

        assertThat(responses.stream().map(response -> response.statusCode())).containsOnly(204, 409);
        assertThat(TestDatabase.column(
                        "SELECT customer_id FROM customer_account WHERE tenant_id = ? AND password_hash IS NOT NULL",
                        accounts.tenant().name()))
                .hasSize(1);
        assertThat(accounts.logIn(email, PASSWORD).statusCode()).isEqualTo(201);
    }

    @Test
    void newEmailIsTheOneToLogInWith() {
        var before = newEmail();
        var after = newEmail();
        var id = accounts.customerWithPassword(before);

        accounts.tenant().patch(id, "{\"email\":\"" + after + "\"}");

        assertThat(accounts.logIn(before, PASSWORD).statusCode()).isEqualTo(401);
        assertThat(accounts.logIn(after, PASSWORD).statusCode()).isEqualTo(201);
    }

    @Test
    void ownPasswordIsChangedWithCurrentOne() {
        var email = newEmail();
        var id = accounts.customerWithPassword(email);
        var token = accounts.token(email);

        accounts.changePassword(token, "wrong password", "a new password")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/current_password"))
                .body("errors[0].code", equalTo("wrong_password"));
        accounts.changePassword(token, PASSWORD, "a new password").then().statusCode(204);

        assertThat(accounts.logIn(email, PASSWORD).statusCode()).isEqualTo(401);
        assertThat(accounts.logIn(email, "a new password").statusCode()).isEqualTo(201);
        accounts.tenant()
                .call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .body("data[0].type", equalTo("customer.password_changed"))
                .body("data[0].actor", equalTo(id));
    }

    @Test
    void ofConcurrentChangesOneIsMade() {
        var email = newEmail();
        accounts.customerWithPassword(email);
        var token = accounts.token(email);

        var responses = Parallel.send(4, i -> HttpRequest.newBuilder(accounts.tenant()
                        .request(AccountFixture.ME_PASSWORD)
                        .build()
                        .uri())
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        "{\"current_password\":\"" + PASSWORD + "\",\"new_password\":\"new password " + i + "\"}"))
                .build());

        assertThat(responses.stream().filter(response -> response.statusCode() == 204))
                .hasSize(1);
        assertThat(List.of(204, 401, 422))
                .containsAll(responses.stream()
                        .map(response -> response.statusCode())
                        .toList());
    }
}
