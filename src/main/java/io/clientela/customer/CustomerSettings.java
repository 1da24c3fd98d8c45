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

    /** How phone numbers are read. */
    interface Phone {
        /** The region (ISO 3166-1 alpha-2) of a number that is given without country code. */
        @WithDefault("BR")
        @Pattern(regexp = "[A-Z]{2}")
        String defaultRegion();
    }

    /** How documents are judged. */
    interface Document {
        /** Whether a CPF or CNPJ with wrong check digits is refused (422) rather than kept and flagged. */
        @WithDefault("false")
        boolean strict();
    }

    /** When a customer may not be deleted. */
    interface Delete {
        /** What a customer may not have to be deleted: {@code orders}, {@code calls}; empty for no rule. */
        @WithDefault("orders")
        Optional<Set<DeleteRule>> refusedWith();
    }
}
