package io.clientela.http.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is wrong with one part of a request of which other parts were served: a problem inside an answer. */
@RegisterForReflection
@Schema(name = "ItemProblem", description = "A problem as in a problem document; it may have further members.")
public record ProblemView(
        String type,
        String title,
        int status,
        String detail,
        String code,
        List<FieldError> errors,
        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> members) {
    /** The problem that an exception stands for. */
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
