package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Embeddable;

/**
 * The normalised forms in which a customer's identifiers are compared ({@link Identifiers}); null where there is none.
 */
@Embeddable
@RegisterForReflection
record MatchKeys(String emailKey, String phoneKey, String documentKey) {
    static final MatchKeys NONE = new MatchKeys(null, null, null);
}
