package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.Attributes;
import io.clientela.customer.CustomerRules;
import io.clientela.customer.CustomerView;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.merge.MergePreview.Blocking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The reasons to refuse a merge whose customers exist. */
final class MergeRules {
    private MergeRules() {}

    /**
     * Returns the reasons to refuse a merge: anonymised customers, and a result that would break a limit, so that later
     * writes of its tags or attributes would be rejected.
     *
     * @param customers the target and the sources
     * @param result the planned target
     */
    static List<Blocking> blocking(List<CustomerView> customers, ObjectNode result) {
        List<Blocking> blocking = new ArrayList<>();
        customers.stream()
                .filter(customer -> customer.state().anonymized())
                .forEach(customer -> blocking.add(new Blocking(customer.id(), "anonymized")));
        var target = UUID.fromString(result.path("id").textValue());
        if (CustomerRules.areTooManyTags(result.path("tags").size())) {
            blocking.add(new Blocking(target, "too_many_tags"));
        }
        var attributes = Attributes.of((ObjectNode) result.get("attributes"));
        if (CustomerRules.areTooManyAttributes(attributes)) {
            blocking.add(new Blocking(target, "too_many_attributes"));
        } else if (CustomerRules.areTooLongAttributes(attributes)) {
            blocking.add(new Blocking(target, "attributes_too_long"));
        }
        return blocking;
    }

    /**
     * Refuses a merge with such a reason.
     *
     * @throws ProblemException 409 {@code merge_refused} with every reason
     */
    static void requireMergeable(List<CustomerView> customers, ObjectNode result) {
        var blocking = blocking(customers, result);
        if (!blocking.isEmpty()) {
            throw new ProblemException(
                            ProblemCode.MERGE_REFUSED,
                            "The customers cannot be merged for the reasons in blocking."
                                    + " Leave out anonymised customers, or remove tags or attributes first.")
                    .with(
                            "blocking",
                            blocking.stream()
                                    .map(reason -> Map.of(
                                            "customer_id", reason.customerId().toString(), "reason", reason.reason()))
                                    .toList());
        }
    }
}
