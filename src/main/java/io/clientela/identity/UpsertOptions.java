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
@Schema
public record UpsertOptions(
        List<String> addedTags,
        List<Identifier.@NotNull Kind> matchOn,
        @Schema(defaultValue = "false") Boolean doNotUpdate) {}
