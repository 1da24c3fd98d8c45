package io.clientela.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Identifier;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of an upsert.
 *
 * @param outcome whether the customer was created or changed
 * @param matchedOn the kinds of identifiers that matched; empty for a new customer
 * @param customer the customer after the upsert
 */
@RegisterForReflection
@Schema
public record UpsertResult(Outcome outcome, List<Identifier.Kind> matchedOn, CustomerView customer) {
    /** The effect of an upsert on the customer. */
    @Schema(name = "UpsertOutcome")
    public enum Outcome {
        /** No customer matched. */
        CREATED,
        /** One customer matched and was changed. */
        UPDATED,
        /** One customer matched and was not changed. */
        UNCHANGED;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the HTTP status of the outcome. */
    int status() {
        return outcome == Outcome.CREATED ? 201 : 200;
    }
}
