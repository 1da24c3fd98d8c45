package io.clientela.merge;

import io.clientela.http.problem.FieldError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who is to be merged into whom.
 *
 * @param targetId who stays
 * @param sourceIds who become part of the target; the first one's values fill blanks first
 * @param prefer for a field, the customer whose value is taken; null for none
 */
@RegisterForReflection
@Schema(description = "Who is to be merged into whom.")
public record MergeInput(
        @NotNull UUID targetId,

        @Schema(description = "The first one's values fill blanks first.", minItems = 1, maxItems = 50)
        @NotNull
        @Size(min = 1, max = 50)
        List<@NotNull UUID> sourceIds,

        @Schema(
                description = "For a field, the customer whose value is taken.",
                examples = "{\"email\":\"0199c1d0-7f3a-7b52-9d55-0f6d3c1f2a10\"}")
        Map<String, @NotNull UUID> prefer) {

    /** What is wrong beyond the shape. */
    static List<FieldError> errors(MergeInput input) {
        List<FieldError> errors = new ArrayList<>();
        var sources = input.sourceIds() == null ? List.<UUID>of() : input.sourceIds();
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < sources.size(); i++) {
            var place = "/source_ids/" + i;
            if (sources.get(i) != null && sources.get(i).equals(input.targetId())) {
                errors.add(new FieldError(place, "conflict", "is the target itself"));
            } else if (!seen.add(sources.get(i))) {
                errors.add(new FieldError(place, "repeated", "must be given once"));
            }
        }
        input.preferences().forEach((field, customer) -> {
            if (!MergePlan.SINGLE_VALUED.contains(field)) {
                errors.add(FieldError.at("/prefer", field, "invalid_value", "is not a field that can be preferred"));
            } else if (customer != null && !customer.equals(input.targetId()) && !sources.contains(customer)) {
                errors.add(FieldError.at("/prefer", field, "conflict", "is neither the target nor a source"));
            }
        });
        return errors;
    }

    /** For a field, whose value to take. */
    Map<String, UUID> preferences() {
        return prefer == null ? Map.of() : prefer;
    }

    /** All who take part, the target first. */
    List<UUID> participants() {
        List<UUID> all = new ArrayList<>();
        all.add(targetId);
        all.addAll(sourceIds);
        return all;
    }
}
