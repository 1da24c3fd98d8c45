package io.clientela.customer;

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
@Schema(description = "The social network account that the customer signed up with.")
public record Social(
        @Schema(maxLength = 64, examples = "google") @CodePointLength(max = 64) @Column(name = "social_driver")
        String driver,

        @Schema(maxLength = 255, examples = "108204268033311374519")
        @CodePointLength(max = 255)
        @Column(name = "social_id")
        String id) {}
