package io.clientela.identity;

import io.clientela.http.problem.FieldError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The dismissal of a likely duplicate: two customers who are not the same.
 *
 * @param customerIds the ids of both customers
 */
@RegisterForReflection
@Schema
public record DismissalInput(
        @Schema(minItems = 2, maxItems = 2) @NotNull @Size(min = 2, max = 2)
        List<@NotNull UUID> customerIds) {

    /** Returns violations that constraints on single fields do not find. */
    static List<FieldError> errors(DismissalInput input) {
        var ids = input.customerIds();
        boolean same = ids != null
                && ids.size() == 2
                && ids.get(0) != null
                && ids.get(0).equals(ids.get(1));
        return same ? List.of(FieldError.repeated("/customer_ids/1", "must be another customer")) : List.of();
    }
}
