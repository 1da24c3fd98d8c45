package io.clientela.activity;

import io.clientela.customer.Identifier;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The problems of rows of {@link ItemBatches}; each names the field that is wrong. */
final class ItemProblems {
    private ItemProblems() {}

    /** Returns the problem of a row that leads to no customer. */
    static ProblemException unknownCustomer(ItemOwner owner) {
        return ProblemException.invalid(List.of(FieldError.unknownCustomer(owner.field())));
    }

    /** Returns the problem of a row that leads to several customers. */
    static ProblemException ambiguous(ItemOwner owner) {
        return of(
                owner.field(),
                ProblemCode.AMBIGUOUS_MATCH,
                "leads to several customers; merge them, or use another reference");
    }

    /** Returns the problem of a row whose e-mail or phone leads to a customer with another document or external id. */
    static ProblemException identityConflict(ItemOwner owner, List<Identifier.Kind> different) {
        var kinds = different.stream().map(Identifier.Kind::toString).collect(Collectors.joining(", "));
        return of(
                owner.field(),
                ProblemCode.IDENTITY_CONFLICT,
                "leads to no customer; the one with this e-mail or phone has another " + kinds);
    }

    /** Returns the problem of a row with the id of a customer that was merged into another one. */
    static ProblemException merged(ItemOwner owner, UUID currentId) {
        return of(owner.field(), ProblemCode.MERGED, "was merged into " + currentId + "; write to that one");
    }

    /** Returns the problem of a row with the id of a customer whose personal data was erased. */
    static ProblemException anonymized(ItemOwner owner) {
        return of(
                owner.field(),
                ProblemCode.CUSTOMER_ANONYMIZED,
                "is a customer whose personal data was erased, and who cannot be changed any more");
    }

    /** Returns the problem of a row with the external id of an item of another customer. */
    static ProblemException duplicateExternalId() {
        return of("/external_id", ProblemCode.DUPLICATE_EXTERNAL_ID, "belongs to an item of another customer");
    }

    private static ProblemException of(String field, ProblemCode code, String message) {
        return ProblemException.invalid(field, code.code(), message);
    }
}
