package io.clientela.activity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;

/** The settings of orders. */
@ConfigMapping(prefix = "clientela.orders")
public interface OrderSettings {
    /** The currency (ISO 4217) of orders without {@code currency}, and of the stored totals of customers. */
    @WithDefault("BRL")
    @Pattern(regexp = "[A-Z]{3}")
    String defaultCurrency();
}
