package io.clientela.customer;

import io.clientela.database.Columns;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Embeddable;
import java.util.Set;
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

    private static final Columns<Preferences> MEMBERS = Columns.of(Preferences.class);

    /** Returns these preferences with a refusal in place of each consent that is withdrawn, named as in JSON. */
    Preferences without(Set<String> withdrawn) {
        return MEMBERS.create(member -> {
            var granted = member.of(this);
            return Boolean.TRUE.equals(granted) && withdrawn.contains(member.name()) ? false : granted;
        });
    }
}
