package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * The campaign that a customer came from, by the UTM parameters of the followed link.
 *
 * @param source {@code utm_source}
 * @param campaign {@code utm_campaign}
 */
@Embeddable
@RegisterForReflection
@Schema
public record Utm(
        @Schema(maxLength = 255) @CodePointLength(max = 255) @Column(name = "utm_source")
        String source,

        @Schema(maxLength = 255) @CodePointLength(max = 255) @Column(name = "utm_campaign")
        String campaign) {
    /** Returns null if neither is known. */
    static Utm of(String source, String campaign) {
        return source == null && campaign == null ? null : new Utm(source, campaign);
    }
}
