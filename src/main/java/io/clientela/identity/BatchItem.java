package io.clientela.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Identifier;
import io.clientela.http.problem.ProblemException;
import io.clientela.http.problem.ProblemView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of one upsert of a batch: its result, or the problem with it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What became of one upsert: its result, or the problem with it.")
public record BatchItem(
        @Schema(description = "Its place among `customers`, from 0.")
        int index,

        @Schema(description = "The HTTP status that it would have had by itself.", examples = "201")
        int status,

        UpsertResult.Outcome outcome,
        List<Identifier.Kind> matchedOn,
        CustomerView customer,
        ProblemView problem) {
    static BatchItem of(int index, UpsertResult result) {
        return new BatchItem(index, result.status(), result.outcome(), result.matchedOn(), result.customer(), null);
    }

    static BatchItem of(int index, ProblemException problem) {
        return new BatchItem(index, problem.code().status(), null, null, null, ProblemView.of(problem));
    }
}
