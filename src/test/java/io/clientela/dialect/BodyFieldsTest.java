package io.clientela.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyFieldsTest {
    private static final BodyFields FIELDS = BodyFields.of("name", "notes")
            .with("firstName", "first_name")
            .requiring("name")
            .keeping("id");

    private static final Function<JsonTree, String> AS_IT_IS = own -> own.json().toString();

    private static JsonTree body(String json) {
        try {
            return JsonTree.of((ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String errors(ProblemException problem) {
        return problem.errors().stream()
                .map(error -> error.field() + " " + error.code())
                .toList()
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'A'}                            | {'name':'A'}                        | {'name':'A'}",
                "{'name':'A','firstName':'B'}            | {'name':'A','first_name':'B'}       | {'name':'A','first_name':'B'}",
                "{'name':'A','notes':''}                 | {'name':'A'}                        | {'name':'A','notes':null}",
                "{'name':'A','notes':null}               | {'name':'A','notes':null}           | {'name':'A','notes':null}",
                "{'name':'A','notes':' '}                | {'name':'A','notes':' '}            | {'name':'A','notes':' '}",
                "{'name':'A','firstName':{'':['']}}      | {'name':'A','first_name':{'':['']}} | {'name':'A','first_name':{'':['']}}",
            })
    void bodyIsReadUnderOwnNames(String body, String ofNew, String ofChange) {
        assertThat(FIELDS.readNew(body(body), AS_IT_IS)).isEqualTo(ofNew.replace('\'', '"'));
        assertThat(FIELDS.readChange(body(body), AS_IT_IS)).isEqualTo(ofChange.replace('\'', '"'));
    }

    @Test
    void changeMayLackRequiredFieldsAndHaveKeptOnes() {
        assertThat(FIELDS.readChange(body("{'id':'x','notes':'n'}"), AS_IT_IS)).isEqualTo("{\"notes\":\"n\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                          | [/name required]",
                "{'name':null}               | [/name required]",
                "{'name':' '}                | [/name required]",
                "{'name':'A','x':1}          | [/x unknown_field]",
                "{'name':'A','id':1}         | [/id unknown_field]",
                "{'name':'A','first_name':1} | [/first_name unknown_field]",
                "{'a/b':1}                   | [/a~1b unknown_field, /name required]"
            })
    void invalidNewBodyIsRejected(String body, String expected) {
        var problem = catchThrowableOfType(ProblemException.class, () -> FIELDS.readNew(body(body), AS_IT_IS));

        assertThat(errors(problem)).isEqualTo(expected);
    }

    @Test
    void errorsOfReaderHaveNamesOfDialect() {
        Function<JsonTree, String> rejecting = own -> {
            throw ProblemException.invalid(List.of(
                    new FieldError("/first_name/0", "invalid_type", ""),
                    new FieldError("/name", "blank", ""),
                    new FieldError("", "whole", ""),
                    new FieldError("/other", "x", "")));
        };

        var problem = catchThrowableOfType(ProblemException.class, () -> FIELDS.readNew(body("{'x':1}"), rejecting));

        assertThat(errors(problem))
                .isEqualTo("[/x unknown_field, /name required, /firstName/0 invalid_type,  whole, /other x]");
    }

    @Test
    void errorsOfTreeReachReaderUnderOwnNames() {
        var tree = new JsonTree(
                body("{}").json(),
                List.of(new FieldError("/name", "too_long", ""), new FieldError("/firstName", "x", "")));

        assertThat(FIELDS.<String>readNew(tree, own -> own.errors().toString()))
                .contains("field=/name", "field=/first_name");
    }
}
