package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * The social network account that a customer signed up with.
 *
 * @param driver the network, such as {@code google}
 * @param id the account's id in that network
 */
@Embeddable
@RegisterForReflection
@Schema
public record Social(
        @Schema(maxLength = 64) @CodePointLength(max = 64) @Column(name = "social_driver")
        String driver,

        @Schema(maxLength = 255) @CodePointLength(max = 255) @Column(name = "social_id")
        String id) {
    /** Returns null if neither is known. */
    static Social of(String driver, String id) {
        return driver == null && id == null ? null : new Social(driver, id);
    }
}
