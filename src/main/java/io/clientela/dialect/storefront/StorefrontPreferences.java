package io.clientela.dialect.storefront;

import io.clientela.customer.Preferences;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A customer's consents as the storefront shows them: who was not asked did not consent. */
@RegisterForReflection
record StorefrontPreferences(Boolean orderUpdates, Boolean promotions, Boolean newsletter) {
    static StorefrontPreferences of(Preferences preferences) {
        return new StorefrontPreferences(
                isGranted(preferences.orderUpdates()),
                isGranted(preferences.promotions()),
                isGranted(preferences.newsletter()));
    }

    private static boolean isGranted(Boolean consent) {
        return Boolean.TRUE.equals(consent);
    }
}
