package io.clientela.privacy;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/** When an erasure is refused. */
@ConfigMapping(prefix = "clientela.erasure")
public interface ErasureSettings {
    /**
     * The rules: {@code open_orders}; a customer with one of these is not erased. Empty for no rule. Set it if orders
     * cannot be delivered without the customer's name and address.
     */
    Optional<Set<ErasureRule>> refusedWith();
}
