package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Embeddable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A customer's consent to messages. Null means that consent was not asked for, which is not consent.
 *
 * @param orderUpdates messages about the customer's own orders
 * @param promotions offers
 * @param newsletter the newsletter
 * @param whatsapp messages by WhatsApp
 */
@Embeddable
@RegisterForReflection
@Schema
public record Preferences(Boolean orderUpdates, Boolean promotions, Boolean newsletter, Boolean whatsapp) {
    /** Consent was not asked for. */
    public static final Preferences UNKNOWN = new Preferences(null, null, null, null);
}
