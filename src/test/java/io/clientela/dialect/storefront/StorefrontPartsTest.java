package io.clientela.dialect.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.Preferences;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the storefront's fields follow from those of the service, and the reverse. */
class StorefrontPartsTest {
    private static JsonTree tree(String json) throws IOException {
        return JsonTree.of((ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, 0.00", "0, 0.00", "199.9, 199.90", "199.905, 199.91", "1E+3, 1000.00"})
    void moneyHasTwoDecimals(BigDecimal amount, String text) {
        assertThat(StorefrontStats.money(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'is_active':true}                | {'is_active':'active'}",
                "{'is_active':false,'phone':'1'}   | {'is_active':'inactive','phone':'1'}",
                "{'phone':'1'}                     | {'phone':'1'}",
                "{'is_active':'yes','phone':'1'}   | {'phone':'1'}"
            })
    void activityIsStatus(String body, String own) throws IOException {
        assertThat(StorefrontBodies.withStatus(tree(body)).json())
                .isEqualTo(tree(own).json());
    }

    @Test
    void activityOfOtherTypeIsError() throws IOException {
        assertThat(StorefrontBodies.withStatus(tree("{'is_active':'yes'}")).errors())
                .extracting(FieldError::field)
                .containsExactly("/is_active");
    }

    @Test
    void nullsAreLeftOut() throws IOException {
        assertThat(StorefrontBodies.withoutNulls(tree("{'phone':null,'email':''}"))
                        .json())
                .isEqualTo(tree("{'email':''}").json());
    }

    @Test
    void unknownConsentIsNone() {
        assertThat(StorefrontPreferences.of(new Preferences(null, true, false, true)))
                .isEqualTo(new StorefrontPreferences(false, true, false));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1001, 1001", "999999999999999999, 999999999999999999"})
    void idIsNumber(String text, long number) {
        assertThat(StorefrontIds.number("customer_id", text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "00", "99999999999999999999"})
    void numberOfNobodyIsNotFound(String text) {
        assertThatThrownBy(() -> StorefrontIds.number("customer_id", text))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.NOT_FOUND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.0", "", " ", "1e3", "01a206b1-07c5-75e2-9203-3557b63c9ad8"})
    void otherTextIsInvalid(String text) {
        assertThatThrownBy(() -> StorefrontIds.number("customer_id", text))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.VALIDATION_FAILED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/phone       | invalid_format    | ['body','phone']    | value_error",
                "/phone       | required          | ['body','phone']    | missing",
                "/a~1b        | unknown_field     | ['body','a/b']      | extra_forbidden",
                "/tags/0      | invalid_type      | ['body','tags',0]   | type_error",
                "''           | invalid_value     | ['body']            | value_error",
                "customer_id  | invalid_type      | ['path','customer_id'] | type_error"
            })
    void errorSaysWhereAndWhat(String field, String code, String place, String type) {
        var problem = ProblemException.invalid(List.of(new FieldError(field, code, "message")));

        var error = StorefrontErrors.of(problem).getJsonObject(0);

        assertThat(error.getJsonArray("loc").encode()).isEqualTo(place.replace('\'', '"'));
        assertThat(error.getString("type")).isEqualTo(type);
        assertThat(error.getString("msg")).isEqualTo("message");
    }
}
