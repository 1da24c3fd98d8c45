package io.clientela.customer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A rule that forbids deleting customers with calls or orders. */
public enum DeleteRule {
    /** Forbids deleting customers with orders. */
    ORDERS,
    /** Forbids deleting customers with calls. */
    CALLS;

    /**
     * A violated rule.
     *
     * @param rule the rule's name in JSON
     * @param count the number of the customer's orders or calls
     */
    record Violation(String rule, int count) {}

    /** Returns the active rules that a customer with this number of orders and calls violates. */
    static List<Violation> violations(Set<DeleteRule> activeRules, int orders, int calls) {
        return activeRules.stream()
                .sorted()
                .map(rule -> new Violation(rule.toString(), rule == ORDERS ? orders : calls))
                .filter(violation -> violation.count() > 0)
                .toList();
    }

    /** Returns violations as members of a problem document. */
    static List<Map<String, Object>> json(List<Violation> violations) {
        return violations.stream()
                .map(violation -> Map.<String, Object>of("rule", violation.rule(), "count", violation.count()))
                .toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
