package io.clientela.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Identifier;
import io.clientela.http.problem.ProblemException;
import io.clientela.http.problem.ProblemView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of one upsert of a batch, or its problem. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema
public record BatchItem(
        int index,
        int status,
        UpsertResult.Outcome outcome,
        List<Identifier.Kind> matchedOn,
        @Schema(implementation = CustomerView.class) Object customer,
        ProblemView problem) {
    static BatchItem of(int index, ProblemException problem) {
        return new BatchItem(index, problem.code().status(), null, null, null, ProblemView.of(problem));
    }
}
