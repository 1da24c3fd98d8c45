package io.clientela.account;

import static io.clientela.account.AccountFixture.newEmail;
import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.StrictProfile;
import io.clientela.support.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More logins than the service has time to hash passwords for. */
@QuarkusTest
@TestProfile(StrictProfile.class)
class LoginStormTest extends ApiTest {
    private final AccountFixture accounts = new AccountFixture();

    @Test
    void loginsBeyondTheBoundReturn503WhileReadsAreServed() {
        int logins = 24;
        var responses = Parallel.send(
                logins + 4,
                i -> i < logins
                        ? accounts.loginRequest(newEmail(), "wrong password")
                        : accounts.tenant().request(CUSTOMERS).GET().build());

        var refused = responses.subList(0, logins).stream()
                .filter(response -> response.statusCode() == 503)
                .toList();
        assertThat(refused).isNotEmpty().allSatisfy(response -> {
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
            assertThat(response.body()).contains("\"code\":\"overloaded\"");
        });
        assertThat(statuses(responses.subList(0, logins))).containsOnly(401, 503);
        assertThat(statuses(responses.subList(logins, logins + 4))).containsOnly(200);
        assertThat(TestDatabase.column(
                        "SELECT sum(count) FROM failed_attempt WHERE tenant_id = ? AND kind = 'address'",
                        accounts.tenant().name()))
                .as("logins that were not checked are not counted")
                .containsExactly(String.valueOf(logins - refused.size()));
    }

    private static List<Integer> statuses(List<HttpResponse<String>> responses) {
        return responses.stream().map(HttpResponse::statusCode).toList();
    }
}
