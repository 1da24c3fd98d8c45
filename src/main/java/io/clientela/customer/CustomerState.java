package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the service keeps of a customer and callers read.
 *
 * @param role the role that the business assigned
 * @param emailVerified whether the customer has shown to own the e-mail address
 * @param documentValid whether the document's check digits are correct; null without a document or check digits
 * @param anonymized whether personal data was erased
 * @param createdAt when the customer was created
 * @param updatedAt when the last version was written; increases with each version
 */
@Embeddable
@RecordBuilder
@RecordBuilder.Options(inheritComponentAnnotations = false)
@RegisterForReflection
public record CustomerState(
        @Schema(maxLength = 32) String role,
        @Schema(readOnly = true) boolean emailVerified,
        @Schema(readOnly = true) Boolean documentValid,
        @Schema(readOnly = true) boolean anonymized,
        @Schema(readOnly = true) Instant createdAt,
        @Schema(readOnly = true) Instant updatedAt)
        implements CustomerStateBuilder.With {}
