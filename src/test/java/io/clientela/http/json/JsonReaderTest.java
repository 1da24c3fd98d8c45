package io.clientela.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void valuesWithinBoundsAreKept() {
        var body = """
                {"a": [1, 12345678901, 123456789012345678901, 1.50, 1E+5, true, false, null, {}], "b": "x"}""";

        var tree = read(body);

        assertThat(tree.errors()).isEmpty();
        assertThat(tree.json()).hasToString("""
                {"a":[1,12345678901,123456789012345678901,1.50,1E+5,true,false,null,{}],"b":"x"}""");
    }

    @Test
    void namesAndTextsAreNormalised() {
        var tree = read("{\"e\u0301\": \"Jose\u0301\"}");

        assertThat(tree.json()).hasToString("{\"é\":\"José\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "1E-309", "1e9999999999", "-1.5e+2147483647", "9e99999999999999999999"})
    void numberWithLargeExponentIsRejected(String number) {
        var tree = read("{\"a\": {\"b\": [0, " + number + "]}}");

        assertThat(tree.errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(tuple("/a/b/1", "out_of_range"));
        assertThat(tree.json()).hasToString("{\"a\":{\"b\":[0,null]}}");
    }

    @Test
    void numberWithManyDigitsIsRejected() {
        var tree = read("{\"a\": " + "9".repeat(65) + ", \"b\": " + "9".repeat(64) + "}");

        assertThat(fields(tree)).containsExactly("/a");
        assertThat(tree.json().has("b")).isTrue();
    }

    @Test
    void longTextIsRejected() {
        var tree = read("{\"a\": \"" + "x".repeat(20_001) + "\", \"b\": \"" + "x".repeat(20_000) + "\"}");

        assertThat(fields(tree)).containsExactly("/a");
    }

    @Test
    void longRunOfCombiningMarksIsRejected() {
        var tree = read("{\"a\": \"a" + "\u0301".repeat(31) + "\", \"b\": \"a" + "\u0301".repeat(30) + "\"}");

        assertThat(fields(tree)).containsExactly("/a");
    }

    @Test
    void itemsBeyondBoundAreRejected() {
        var tree = read("{\"a\": [" + "0,".repeat(1_000) + "0]}");

        assertThat(fields(tree)).containsExactly("/a");
        assertThat(tree.json().get("a")).hasSize(1_000);
    }

    @Test
    void membersBeyondBoundAreRejected() {
        var members =
                IntStream.rangeClosed(0, 256).mapToObj(i -> "\"m" + i + "\":0").collect(Collectors.joining(","));

        var tree = read("{\"a\": {" + members + "}}");

        assertThat(fields(tree)).containsExactly("/a");
        assertThat(tree.json().get("a")).hasSize(256);
    }

    @Test
    void longNameIsRejected() {
        var tree = read("{\"a\": {\"" + "n".repeat(256) + "\": {\"b\": 1}, \"c\": 1}}");

        assertThat(fields(tree)).containsExactly("/a");
        assertThat(tree.json()).hasToString("{\"a\":{\"c\":1}}");
    }

    @Test
    void valuesBeyondBoundAreRefused() {
        var items = "[" + "0,".repeat(999) + "0],";

        var problem = problem(("{\"a\": [" + items.repeat(101) + "0]}").getBytes(StandardCharsets.UTF_8));

        assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
        assertThat(problem.errors()).hasSize(1);
    }

    @Test
    void fiftyErrorsEndTheReading() {
        var problem = problem(("{\"a\": [" + "1e999,".repeat(900) + "0]}").getBytes(StandardCharsets.UTF_8));

        assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
        assertThat(problem.errors()).hasSize(50);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32", "ISO-8859-1"})
    void otherEncodingsAreMalformed(String encoding) {
        var problem = problem("{\"name\":\"José\"}".getBytes(Charset.forName(encoding)));

        assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void overlongUtf8IsMalformed() {
        var body = "{\"name\":\"??\"}".getBytes(StandardCharsets.UTF_8);
        body[9] = (byte) 0xC1;
        body[10] = (byte) 0x81;

        assertThat(problem(body).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void surrogateInUtf8IsMalformed() {
        var body = "{\"name\":\"???\"}".getBytes(StandardCharsets.UTF_8);
        body[9] = (byte) 0xED;
        body[10] = (byte) 0xA0;
        body[11] = (byte) 0x80;

        assertThat(problem(body).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"é\":1,\"e\u0301\":2}",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "[]",
                "",
                "{\"a\":NaN}"
            })
    void bodyThatIsNotOneObjectIsMalformed(String body) {
        assertThat(problem(body.getBytes(StandardCharsets.UTF_8)).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void byteOrderMarkIsIgnored() {
        assertThat(read("\uFEFF{\"a\":1}").json()).hasToString("{\"a\":1}");
    }

    @Test
    void deepNestingIsMalformed() {
        var deep = "[".repeat(64) + "]".repeat(64);

        assertThat(read("{\"a\":" + deep.substring(1, 127) + "}").errors()).isEmpty();
        assertThat(problem(("{\"a\":" + deep + "}").getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    private static JsonTree read(String body) {
        return JsonReader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> fields(JsonTree tree) {
        return tree.errors().stream().map(FieldError::field).toList();
    }

    private static ProblemException problem(byte[] body) {
        return catchThrowableOfType(ProblemException.class, () -> JsonReader.read(body));
    }
}
