package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A customer as callers read it. Every field is present, unknown values are null; {@code include} adds members, and
 * {@code fields} leaves out others.
 */
@RegisterForReflection
@JsonSerialize(using = CustomerViewWriter.class)
@Schema(name = "Customer")
public record CustomerView(
        @Schema(readOnly = true) UUID id,
        @Schema(readOnly = true) Long number,
        String externalId,
        CustomerType type,
        CustomerStatus status,
        @Schema(maxLength = 32) String role,
        String name,
        String firstName,
        String lastName,
        String companyName,
        String email,
        @Schema(readOnly = true) boolean emailVerified,
        String phone,
        String document,
        DocumentType documentType,
        @Schema(readOnly = true) Boolean documentValid,
        String stateRegistration,
        String source,
        String avatar,
        LocalDate birthday,
        String address,
        List<String> tags,
        String locationId,
        UUID clusterId,
        BigDecimal value,
        Boolean autoPayment,
        String notes,
        Preferences preferences,
        Social social,
        Utm utm,
        @Schema(type = SchemaType.OBJECT) @JsonRawValue String attributes,
        @Schema(readOnly = true) Segment segment,
        @Schema(readOnly = true) int callCount,
        @Schema(readOnly = true) Instant lastCallAt,
        @Schema(readOnly = true) boolean anonymized,
        @Schema(readOnly = true) long version,
        @Schema(readOnly = true) Instant createdAt,
        @Schema(readOnly = true) Instant updatedAt,
        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> included,
        @Schema(hidden = true) FieldSelection shown) {

    /** Returns a copy with members that {@code include} adds behind the customer's own. */
    CustomerView withIncluded(Map<String, Object> members) {
        return new CustomerView(
                id,
                number,
                externalId,
                type,
                status,
                role,
                name,
                firstName,
                lastName,
                companyName,
                email,
                emailVerified,
                phone,
                document,
                documentType,
                documentValid,
                stateRegistration,
                source,
                avatar,
                birthday,
                address,
                tags,
                locationId,
                clusterId,
                value,
                autoPayment,
                notes,
                preferences,
                social,
                utm,
                attributes,
                segment,
                callCount,
                lastCallAt,
                anonymized,
                version,
                createdAt,
                updatedAt,
                members,
                shown);
    }
}
