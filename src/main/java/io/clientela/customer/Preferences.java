package io.clientela.customer;

import jakarta.persistence.Embeddable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a customer agreed to receive. Null means that nobody asked yet, which is not consent.
 *
 * @param orderUpdates news of their own orders
 * @param promotions offers
 * @param newsletter the newsletter
 * @param whatsapp messages by WhatsApp
 */
@Embeddable
@Schema(description = "What the customer agreed to receive; null means never asked.")
public record Preferences(Boolean orderUpdates, Boolean promotions, Boolean newsletter, Boolean whatsapp) {
    /** Nobody asked yet. */
    public static final Preferences UNKNOWN = new Preferences(null, null, null, null);
}
