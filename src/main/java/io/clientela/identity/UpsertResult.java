package io.clientela.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Identifier;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What came of an upsert.
 *
 * @param outcome what was done
 * @param matchedOn the kinds of identifiers by which the customer was found; empty for a new one
 * @param customer the customer as they are now
 */
@RegisterForReflection
@Schema(description = "What came of an upsert.")
public record UpsertResult(Outcome outcome, List<Identifier.Kind> matchedOn, CustomerView customer) {
    /** What an upsert did. */
    @Schema(name = "UpsertOutcome")
    public enum Outcome {
        /** Nobody was found; the customer is new. */
        CREATED,
        /** One customer was found and changed. */
        UPDATED,
        /** One customer was found and stays as they were. */
        UNCHANGED;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The HTTP status that says the same. */
    int status() {
        return outcome == Outcome.CREATED ? 201 : 200;
    }
}
