package io.clientela.identity;

import io.clientela.customer.Identifier;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The options of an upsert, beside the customer's fields.
 *
 * @param addedTags tags to add to the customer's tags; null for none
 * @param matchOn the kinds of identifiers that select the customer; null for all
 * @param doNotUpdate whether an existing customer stays unchanged; null for false
 */
@RegisterForReflection
@Schema(description = "The options of an upsert.")
public record UpsertOptions(
        @Schema(
                description = "Added to the tags that the customer has; `tags` replaces them.",
                examples = "[\"newsletter\"]")
        List<String> addedTags,

        @Schema(
                description = "Which of the given identifiers select the customer; all of them by default.",
                examples = "[\"email\",\"phone\"]")
        List<Identifier.@NotNull Kind> matchOn,

        @Schema(description = "Leaves an existing customer unchanged.", defaultValue = "false")
        Boolean doNotUpdate) {}
