package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.config.spi.Converter;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A rule that forbids deleting a customer as long as it counts something. */
@RegisterForReflection
public enum DeleteRule {
    /** Forbids deleting customers with orders, whatever their status. */
    ORDERS(ActivityCounts::orders),
    /** Forbids deleting customers with orders that are pending, paid or shipped. */
    OPEN_ORDERS(ActivityCounts::openOrders),
    /** Forbids deleting customers with calls. */
    CALLS(ActivityCounts::calls),
    /** Forbids deleting customers with a call or an order of the last days. */
    RECENT_ACTIVITY(ActivityCounts::recentActivity);

    private final ToLongFunction<ActivityCounts> count;

    DeleteRule(ToLongFunction<ActivityCounts> count) {
        this.count = count;
    }

    /**
     * A violated rule.
     *
     * @param rule the rule
     * @param count how many calls or orders violate it
     */
    @RegisterForReflection
    @Schema(name = "DeleteRuleViolation")
    record Violation(DeleteRule rule, long count) {}

    /** Returns those of the active rules that forbid deleting a customer with these counts. */
    static List<Violation> violations(Set<DeleteRule> active, ActivityCounts counts) {
        return active.stream()
                .sorted()
                .map(rule -> new Violation(rule, rule.count.applyAsLong(counts)))
                .filter(violation -> violation.count() > 0)
                .toList();
    }

    /** Returns whether any of these rules needs more than the totals in the customer's row. */
    static boolean needCounting(Collection<DeleteRule> rules) {
        return rules.contains(OPEN_ORDERS) || rules.contains(RECENT_ACTIVITY);
    }

    /** Returns the name in JSON and in settings. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Optional<DeleteRule> ofName(String name) {
        return Arrays.stream(values())
                .filter(rule -> rule.toString().equals(name))
                .findFirst();
    }

    /** Reads rules from settings; upper case and hyphens will do. */
    @RegisterForReflection
    public static class SettingConverter implements Converter<DeleteRule> {
        @Override
        public DeleteRule convert(String value) {
            return ofName(value.strip().toLowerCase(Locale.ROOT).replace('-', '_'))
                    .orElseThrow(() -> new IllegalArgumentException("There is no delete rule " + value.strip()
                            + ": set CLIENTELA_DELETE_REFUSED_WITH to any of orders, open_orders, calls,"
                            + " recent_activity, separated by commas, or leave it empty for no rule"));
        }
    }
}
