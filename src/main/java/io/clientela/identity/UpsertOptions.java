package io.clientela.identity;

import io.clientela.customer.Identifier;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How an upsert goes about its customer, beside the customer's own fields.
 *
 * @param addedTags tags that are added to those that the customer has; null for none
 * @param matchOn which of the given identifiers decide who the customer is; null for all of them
 * @param doNotUpdate whether a customer who is found stays as they are; null for false
 */
@RegisterForReflection
@Schema(description = "How an upsert goes about the customer.")
public record UpsertOptions(
        @Schema(
                description = "Added to the tags that the customer has; `tags` replaces them.",
                examples = "[\"newsletter\"]")
        List<String> addedTags,

        @Schema(
                description = "Which of the given identifiers decide who the customer is; all of them by default.",
                examples = "[\"email\",\"phone\"]")
        List<Identifier.@NotNull Kind> matchOn,

        @Schema(description = "A customer who is found stays as they are.", defaultValue = "false")
        Boolean doNotUpdate) {}
