package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A customer as callers read it. Every field is present, unknown values are null; {@code include} adds members. */
@RegisterForReflection
@Schema(name = "Customer", description = "A person or company that the business serves.")
public record CustomerView(
        @Schema(
                readOnly = true,
                description = "Assigned by the service; UUID version 7.",
                examples = "0199c1d0-7f3a-7b52-9d55-0f6d3c1f2a10")
        UUID id,

        @Schema(
                readOnly = true,
                description = "Short number assigned by the service, unique across tenants.",
                examples = "1001")
        Long number,

        @Schema(description = "The caller's own key.", examples = "crm-4711")
        String externalId,

        CustomerType type,
        CustomerStatus status,

        @Schema(description = "Changed by `PUT /v1/customers/{id}/role` only.", maxLength = 32, examples = "customer")
        String role,

        @Schema(examples = "Jane Smith") String name,
        @Schema(examples = "Jane") String firstName,
        @Schema(examples = "Smith") String lastName,
        String companyName,
        @Schema(examples = "jane@example.com") String email,

        @Schema(readOnly = true, description = "Reset to false when the e-mail changes.")
        boolean emailVerified,

        @Schema(examples = "+1 (800) 123-4567") String phone,
        @Schema(examples = "529.982.247-25") String document,
        DocumentType documentType,

        @Schema(
                readOnly = true,
                description = "Whether the check digits are correct; null for documents without check digits.")
        Boolean documentValid,

        String stateRegistration,
        @Schema(examples = "website") String source,
        String avatar,
        @Schema(examples = "1987-06-05") LocalDate birthday,
        String address,
        @Schema(examples = "[\"vip\"]") List<String> tags,
        @Schema(examples = "store-12") String locationId,
        UUID clusterId,
        @Schema(examples = "1250.00") BigDecimal value,
        Boolean autoPayment,
        String notes,
        Preferences preferences,
        Social social,
        Utm utm,
        @Schema(type = SchemaType.OBJECT) @JsonRawValue String attributes,
        @Schema(readOnly = true) Segment segment,
        @Schema(readOnly = true, examples = "0") int callCount,
        @Schema(readOnly = true) Instant lastCallAt,
        @Schema(readOnly = true) boolean anonymized,

        @Schema(readOnly = true, description = "Raised by every change; the entity tag.", examples = "1")
        long version,

        @Schema(readOnly = true, examples = "2026-02-15T14:30:00Z")
        Instant createdAt,

        @Schema(readOnly = true, examples = "2026-02-15T14:30:00Z")
        Instant updatedAt,

        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> included) {

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
                members);
    }
}
