package io.clientela.customer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
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
        /**
         * The delete rules: {@code orders}, {@code calls}; a customer with one of these is not deleted. Empty for no
         * rule.
         */
        @WithDefault("orders")
        Optional<Set<DeleteRule>> refusedWith();
    }
}
