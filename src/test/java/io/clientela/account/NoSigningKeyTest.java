package io.clientela.account;

import static io.clientela.account.AccountFixture.PASSWORD;
import static io.clientela.account.AccountFixture.newEmail;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.NoSigningKeyProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(NoSigningKeyProfile.class)
class NoSigningKeyTest extends ApiTest {
    private final AccountFixture accounts = new AccountFixture();

    @Test
    void loginWithoutSigningKeyReturns404() {
        var email = newEmail();
        accounts.customerWithPassword(email);

        accounts.logIn(email, PASSWORD).then().statusCode(404).body("code", equalTo("not_found"));
    }
}
