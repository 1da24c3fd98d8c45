package io.clientela.dialect.voki;

import io.clientela.http.problem.FieldError;
import io.clientela.merge.MergeInput;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * A merge as Voki requests it.
 *
 * @param targetId the customer that remains
 * @param sourceIds the customers to merge into the target
 */
@RegisterForReflection
record VokiMerge(
        @NotNull UUID targetId,
        @NotNull @Size(min = 1, max = 50) List<@NotNull UUID> sourceIds) {
    MergeInput input() {
        return new MergeInput(targetId, sourceIds, null);
    }

    static List<FieldError> errors(VokiMerge merge) {
        return MergeInput.errors(merge.input());
    }
}
