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
 * A merge request.
 *
 * @param targetId the customer that remains
 * @param sourceIds the customers to merge into the target; the first one's values fill blanks first
 * @param prefer the customer whose value is used, by field; null for none
 */
@RegisterForReflection
@Schema
public record MergeInput(
        @NotNull UUID targetId,

        @Schema(minItems = 1, maxItems = 50) @NotNull @Size(min = 1, max = 50)
        List<@NotNull UUID> sourceIds,

        Map<String, @NotNull UUID> prefer) {

    /** Returns violations that constraints on single fields do not find. */
    public static List<FieldError> errors(MergeInput input) {
        List<FieldError> errors = new ArrayList<>();
        var sources = input.sourceIds() == null ? List.<UUID>of() : input.sourceIds();
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < sources.size(); i++) {
            var pointer = "/source_ids/" + i;
            if (sources.get(i) != null && sources.get(i).equals(input.targetId())) {
                errors.add(FieldError.conflict(pointer, "must not be the target"));
            } else if (!seen.add(sources.get(i))) {
                errors.add(FieldError.repeated(pointer, "must be listed once"));
            }
        }
        input.preferences().forEach((field, customer) -> {
            if (!MergePlan.SINGLE_VALUED.contains(field)) {
                errors.add(FieldError.at("/prefer", field, "invalid_value", "cannot be preferred; leave it out"));
            } else if (customer != null && !customer.equals(input.targetId()) && !sources.contains(customer)) {
                errors.add(FieldError.at("/prefer", field, "conflict", "must be the target or a source"));
            } else if (input.contradicts(field, customer)) {
                errors.add(FieldError.at(
                        "/prefer", field, "conflict", "must be the same customer for all fields that belong together"));
            }
        });
        return errors;
    }

    private boolean contradicts(String field, UUID customer) {
        return FieldGroup.of(field).stream()
                .map(preferences()::get)
                .anyMatch(other -> other != null && !other.equals(customer));
    }

    /** Returns the preferred customer by field. */
    Map<String, UUID> preferences() {
        return prefer == null ? Map.of() : prefer;
    }

    /** Returns the ids of the target and the sources, the target first. */
    List<UUID> participants() {
        List<UUID> all = new ArrayList<>();
        all.add(targetId);
        all.addAll(sourceIds);
        return all;
    }
}
