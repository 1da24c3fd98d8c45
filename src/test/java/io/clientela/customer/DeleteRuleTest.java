package io.clientela.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the delete rules forbid, and how they are set. */
class DeleteRuleTest {
    private static final String RULES = "clientela.delete.refused-with";
    private static final String DAYS = "clientela.delete.recent-days";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # rules                                      | calls | orders | open | recent | violated
            orders                                       | 9     | 0      | 0    | 9      | none
            orders                                       | 0     | 3      | 0    | 0      | orders=3
            open_orders                                  | 9     | 3      | 0    | 9      | none
            open_orders                                  | 0     | 3      | 2    | 0      | open_orders=2
            calls                                        | 0     | 3      | 2    | 3      | none
            calls                                        | 1     | 0      | 0    | 0      | calls=1
            recent_activity                              | 9     | 3      | 2    | 0      | none
            recent_activity                              | 9     | 3      | 2    | 4      | recent_activity=4
            orders,calls                                 | 0     | 0      | 0    | 0      | none
            calls,orders                                 | 5     | 3      | 2    | 4      | orders=3,calls=5
            recent_activity,calls,open_orders,orders     | 5     | 3      | 2    | 4      | orders=3,open_orders=2,calls=5,recent_activity=4
            orders,open_orders                           | 0     | 3      | 0    | 0      | orders=3
            none                                         | 5     | 3      | 2    | 4      | none
            """)
    void violationsAreRulesThatCountSomething(
            String rules, long calls, long orders, long open, long recent, String violated) {
        var active = rules == null ? Set.<DeleteRule>of() : rules(rules);

        var violations = DeleteRule.violations(active, new ActivityCounts(1, calls, orders, open, recent, 1, 1));

        assertThat(violations.stream().map(found -> found.rule() + "=" + found.count()))
                .containsExactly(violated == null ? new String[0] : violated.split(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders                | false
            calls,orders          | false
            open_orders           | true
            calls,recent_activity | true
            """)
    void onlyTotalsAreInTheRow(String rules, boolean counted) {
        assertThat(DeleteRule.needCounting(rules(rules))).isEqualTo(counted);
    }

    @Test
    void ordersForbidDeleteByDefault() {
        var settings = settings(Map.of());

        assertThat(settings.refusedWith()).hasValue(Set.of(DeleteRule.ORDERS));
        assertThat(settings.recentDays()).isEqualTo(30);
    }

    @Test
    void emptySettingIsNoRule() {
        assertThat(settings(Map.of(RULES, "")).refusedWith()).isEmpty();
    }

    @Test
    void everyRuleCanBeSet() {
        var names = Arrays.stream(DeleteRule.values()).map(DeleteRule::toString).collect(Collectors.joining(","));

        assertThat(names).isEqualTo("orders,open_orders,calls,recent_activity");
        assertThat(settings(Map.of(RULES, names)).refusedWith()).hasValue(EnumSet.allOf(DeleteRule.class));
        assertThat(settings(Map.of(RULES, "ORDERS, open-orders")).refusedWith())
                .hasValue(Set.of(DeleteRule.ORDERS, DeleteRule.OPEN_ORDERS));
    }

    @Test
    void unknownRuleNamesWhatCanBeSet() {
        assertThatThrownBy(() -> settings(Map.of(RULES, "orders,invoices")))
                .hasMessageContainingAll(
                        "invoices",
                        "set CLIENTELA_DELETE_REFUSED_WITH to any of orders, open_orders, calls, recent_activity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "36501"})
    void daysOutOfBoundsNameTheBounds(String days) {
        assertThatThrownBy(() -> settings(Map.of(DAYS, days)))
                .hasMessageContainingAll("must be from 1 to 36500 days", "set CLIENTELA_DELETE_RECENT_DAYS");
    }

    private static Set<DeleteRule> rules(String names) {
        return settings(Map.of(RULES, names)).refusedWith().orElseThrow();
    }

    private static CustomerSettings.Delete settings(Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(CustomerSettings.class)
                .withMappingIgnore("clientela.**")
                .withValidator(new BeanValidationConfigValidatorImpl())
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .build();
        return config.getConfigMapping(CustomerSettings.class).delete();
    }
}
