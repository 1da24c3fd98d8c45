package io.clientela.customer;

import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The problems of writes to customers. */
public final class CustomerProblems {
    /** How many customers a problem lists at most. */
    private static final int MAX_LISTED = 20;

    private static final String IDS = "customer_ids";

    private CustomerProblems() {}

    /** Returns a 409 for an identifier that other customers have. */
    public static ProblemException duplicate(Collection<UUID> others) {
        return new ProblemException(
                        ProblemCode.DUPLICATE_CUSTOMER,
                        "Another customer has an identifier of this customer. Change the identifier or write to the other customer.")
                .with(IDS, text(others));
    }

    /** Returns a 409 for an external id that another customer has. */
    public static ProblemException duplicateExternalId(Collection<UUID> others) {
        return new ProblemException(
                        ProblemCode.DUPLICATE_CUSTOMER,
                        "The external id belongs to another customer. Merge the two, or use another external id.")
                .with(IDS, text(others));
    }

    /** Returns a 409 for identifiers that belong to several customers. */
    public static ProblemException ambiguousMatch(Collection<UUID> matches) {
        return new ProblemException(
                        ProblemCode.AMBIGUOUS_MATCH,
                        "The identifiers belong to several customers. Nothing was written."
                                + " Merge the customers, or narrow match_on.")
                .with(IDS, text(matches));
    }

    /** Returns a 409 for a write to a customer that was merged into another one. */
    public static ProblemException merged(UUID currentId) {
        return new ProblemException(
                        ProblemCode.MERGED, "The customer was merged into " + currentId + ": write to that one.")
                .with("merged_into", currentId.toString());
    }

    /** Returns a 409 for a write to customers whose personal data was erased. */
    static ProblemException anonymized(Collection<UUID> customers) {
        return new ProblemException(
                        ProblemCode.CUSTOMER_ANONYMIZED,
                        "The customer's personal data was erased: the customer cannot be changed any more, only deleted.")
                .with(IDS, text(customers));
    }

    /** Returns a 409 for a customer found by e-mail or phone who has another document or external id. */
    public static ProblemException identityConflict(UUID customer, List<Identifier.Kind> fields) {
        return new ProblemException(
                        ProblemCode.IDENTITY_CONFLICT,
                        "The customer with this e-mail or phone has another document or external id. Nothing was written."
                                + " Correct the identifiers, or choose those to match on with match_on.")
                .with(IDS, List.of(customer.toString()))
                .with("fields", fields.stream().map(Identifier.Kind::toString).toList());
    }

    /** Returns a 422 for a main cluster that does not exist. */
    public static ProblemException unknownCluster() {
        return ProblemException.invalid(
                "/cluster_id", "not_found", "is not a cluster of this tenant; create the cluster first");
    }

    /**
     * Returns the problem of a customer that was not found in its place: a 409 if it was merged into another one, or a
     * 503 if an undo has restored it in the meantime.
     */
    public static ProblemException moved(UUID id, UUID currentId) {
        return id.equals(currentId)
                ? ProblemException.unavailable(
                        "Another request is changing one of the customers. Nothing was changed. Retry later.")
                : merged(currentId);
    }

    /** Returns a 409 for a delete that rules forbid. */
    static ProblemException deleteRefused(List<DeleteRule.Violation> violations) {
        return new ProblemException(
                        ProblemCode.DELETE_REFUSED,
                        "The customer has calls or orders that forbid the delete: see rules. Remove or complete them first,"
                                + " or have an administrator use force=true.")
                .with("rules", violations.stream().map(CustomerProblems::json).toList());
    }

    private static Map<String, Object> json(DeleteRule.Violation violation) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("rule", violation.rule().toString());
        members.put("count", violation.count());
        return members;
    }

    private static List<String> text(Collection<UUID> ids) {
        return ids.stream().limit(MAX_LISTED).map(UUID::toString).toList();
    }
}
