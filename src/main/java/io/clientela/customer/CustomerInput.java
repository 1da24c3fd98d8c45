package io.clientela.customer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.PastOrPresent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The writable fields of a customer. Null means "absent" on create and "cleared" in the result of an update. */
@RegisterForReflection
@Schema(
        description =
                "The writable fields of a customer. An update leaves absent fields unchanged; null clears a field.")
public record CustomerInput(
        @Schema(
                description = "The caller's own key, unique among the tenant's customers.",
                maxLength = 128,
                examples = "crm-4711")
        @CodePointLength(max = 128)
        String externalId,

        CustomerType type,
        CustomerStatus status,

        @Schema(
                description = "Required unless first_name, last_name or company_name is present.",
                maxLength = 200,
                examples = "Jane Smith")
        @CodePointLength(max = 200)
        String name,

        @Schema(maxLength = 200, examples = "Jane") @CodePointLength(max = 200)
        String firstName,

        @Schema(maxLength = 200, examples = "Smith") @CodePointLength(max = 200)
        String lastName,

        @Schema(maxLength = 200, examples = "Smith & Sons") @CodePointLength(max = 200)
        String companyName,

        @Schema(
                description = "Returned as written; matched trimmed and case-insensitively.",
                maxLength = 254,
                examples = "jane@example.com")
        @CodePointLength(max = 254)
        String email,

        @Schema(
                description =
                        "Returned as written; matched as E.164. A number without country code belongs to the configured region.",
                maxLength = 40,
                examples = "+1 (800) 123-4567")
        @CodePointLength(max = 40)
        String phone,

        @Schema(
                description = "Returned as written; matched without punctuation.",
                maxLength = 32,
                examples = "529.982.247-25")
        @CodePointLength(max = 32)
        String document,

        @Schema(description = "Derived from the document if absent.")
        DocumentType documentType,

        @Schema(maxLength = 64) @CodePointLength(max = 64) String stateRegistration,

        @Schema(description = "Where the customer came from.", maxLength = 64, examples = "website")
        @CodePointLength(max = 64)
        String source,

        @Schema(
                description = "An https address of a picture.",
                maxLength = 2048,
                examples = "https://cdn.example.com/jane.png")
        @CodePointLength(max = 2048)
        String avatar,

        @Schema(examples = "1987-06-05") @PastOrPresent LocalDate birthday,

        @Schema(description = "The address in one line.", maxLength = 500) @CodePointLength(max = 500)
        String address,

        @Schema(
                description =
                        "A set: trimmed, without duplicates, in the order written. At most 50 tags of at most 64 characters.",
                examples = "[\"vip\",\"newsletter\"]")
        List<String> tags,

        @Schema(
                description = "The business location that the customer belongs to.",
                maxLength = 64,
                examples = "store-12")
        @CodePointLength(max = 64)
        String locationId,

        @Schema(description = "A cluster of the tenant.") UUID clusterId,

        @Schema(description = "The customer's value to the business, with at most two decimals.", examples = "1250.00")
        @Digits(integer = 15, fraction = 2)
        BigDecimal value,

        Boolean autoPayment,

        @Schema(maxLength = 10_000) @CodePointLength(max = 10_000)
        String notes,

        @Valid Preferences preferences,
        @Valid Social social,
        @Valid Utm utm,

        @Schema(
                description = "Free attributes of the caller: at most 50 keys, 16 KiB.",
                implementation = Object.class,
                type = SchemaType.OBJECT)
        ObjectNode attributes) {

    /** The fields' names in JSON. */
    public static final Set<String> FIELDS = Arrays.stream(CustomerInput.class.getRecordComponents())
            .map(component -> PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName()))
            .collect(Collectors.toUnmodifiableSet());

    /** Returns a copy with these names. */
    CustomerInput withNames(Names names) {
        return with(names, documentType, locationId);
    }

    /** Returns a copy with this document type. */
    CustomerInput withDocumentType(DocumentType newDocumentType) {
        return with(new Names(type, name, firstName, lastName, companyName), newDocumentType, locationId);
    }

    /** Returns a copy with this location. */
    CustomerInput withLocation(String newLocationId) {
        return with(new Names(type, name, firstName, lastName, companyName), documentType, newLocationId);
    }

    private CustomerInput with(Names names, DocumentType newDocumentType, String newLocationId) {
        return new CustomerInput(
                externalId,
                type,
                status,
                names.name(),
                names.first(),
                names.last(),
                names.company(),
                email,
                phone,
                document,
                newDocumentType,
                stateRegistration,
                source,
                avatar,
                birthday,
                address,
                tags,
                newLocationId,
                clusterId,
                value,
                autoPayment,
                notes,
                preferences,
                social,
                utm,
                attributes);
    }
}
