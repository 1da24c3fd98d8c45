package io.clientela.dialect.location;

import io.clientela.dialect.BodyFields;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.Upsert;
import io.clientela.identity.UpsertReader;
import jakarta.inject.Singleton;

/** Reads upserts of a business location. */
@Singleton
class LocationUpserts {
    private static final BodyFields FIELDS = LocationCustomerResource.FIELDS
            .with("location_id", "location_id")
            .with("added_tags", "added_tags")
            .with("do_not_update", "do_not_update");

    private static final FieldError NO_CONTACT =
            FieldError.identifierRequired("/email", "or phone is required: the customer is found by them");

    private final UpsertReader reader;

    LocationUpserts(UpsertReader reader) {
        this.reader = reader;
    }

    /**
     * Reads an upsert.
     *
     * @throws ProblemException 422 with every violated field
     */
    Upsert read(JsonTree body) {
        try {
            return FIELDS.readNew(body, reader::read);
        } catch (ProblemException problem) {
            throw ProblemException.invalid(
                    problem.errors().stream().map(LocationUpserts::named).toList());
        }
    }

    /** The service's own message names identifiers that a business location does not have. */
    private static FieldError named(FieldError error) {
        return error.code().equals(NO_CONTACT.code()) ? NO_CONTACT : error;
    }

    /** Explains what a business location's clients could not act upon: they see no ids, and have no match_on. */
    static ProblemException explained(ProblemException problem) {
        return problem.code() == ProblemCode.AMBIGUOUS_MATCH
                ? new ProblemException(
                        ProblemCode.AMBIGUOUS_MATCH,
                        "The e-mail and the phone belong to several customers: "
                                + problem.members().get("customer_ids")
                                + ". Nothing was written. Merge the customers, or send only one of the two.")
                : problem;
    }
}
