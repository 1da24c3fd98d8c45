package io.clientela.customer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import java.util.Set;

/** The settings of customers. */
@ConfigMapping(prefix = "clientela")
public interface CustomerSettings {
    Phone phone();

    Document document();

    Delete delete();

    /** How phone numbers are parsed. */
    interface Phone {
        /** The region (ISO 3166-1 alpha-2) of numbers without country code. Set it to the tenants' main country. */
        @WithDefault("BR")
        @Pattern(regexp = "[A-Z]{2}")
        String defaultRegion();
    }

    /** How documents are validated. */
    interface Document {
        /**
         * Whether a CPF or CNPJ with wrong check digits is rejected (422) instead of stored with {@code document_valid}
         * false.
         */
        @WithDefault("false")
        boolean strict();
    }

    /** When a delete is refused. */
    interface Delete {
        String RECENT_DAYS =
                "must be from 1 to 36500 days: set CLIENTELA_DELETE_RECENT_DAYS to a number of days such as"
                        + " 30, or leave it out";

        /**
         * The delete rules: a customer with one of these is not deleted. {@code orders}: of any status;
         * {@code open_orders}: pending, paid or shipped; {@code calls}; {@code recent_activity}: a call or an order of
         * the last {@link #recentDays()}. Empty for no rule.
         */
        @WithDefault("orders")
        Optional<Set<@WithConverter(DeleteRule.SettingConverter.class) DeleteRule>> refusedWith();

        /** How many days ago a call may have started, or an order been placed, to be recent. A day is 24 hours. */
        @WithDefault("30")
        @Min(value = 1, message = RECENT_DAYS)
        @Max(value = 36_500, message = RECENT_DAYS)
        int recentDays();
    }
}
