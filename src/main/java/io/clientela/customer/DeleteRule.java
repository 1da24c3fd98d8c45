package io.clientela.customer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What can speak against deleting a customer. */
public enum DeleteRule {
    /** The customer has ordered. */
    ORDERS,
    /** The customer has called. */
    CALLS;

    /**
     * A rule that forbids a delete.
     *
     * @param rule the rule's word
     * @param count how many things of that kind the customer has
     */
    record Objection(String rule, int count) {}

    /** What the rules in force have to say against deleting a customer with so many orders and calls. */
    static List<Objection> objections(Set<DeleteRule> inForce, int orders, int calls) {
        return inForce.stream()
                .sorted()
                .map(rule -> new Objection(rule.toString(), rule == ORDERS ? orders : calls))
                .filter(objection -> objection.count() > 0)
                .toList();
    }

    /** Objections as a problem document shows them. */
    static List<Map<String, Object>> json(List<Objection> objections) {
        return objections.stream()
                .map(objection -> Map.<String, Object>of("rule", objection.rule(), "count", objection.count()))
                .toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
