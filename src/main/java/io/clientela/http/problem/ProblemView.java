package io.clientela.http.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The problem of one item in the response of a batch. */
@RegisterForReflection
@Schema(name = "ItemProblem")
public record ProblemView(
        String type,
        String title,
        int status,
        String detail,
        String code,
        List<FieldError> errors,
        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> members) {
    /** Returns the view of an exception. */
    public static ProblemView of(ProblemException problem) {
        var code = problem.code();
        return new ProblemView(
                code.type(),
                code.title(),
                code.status(),
                problem.getMessage(),
                code.code(),
                problem.errors(),
                problem.members());
    }
}
