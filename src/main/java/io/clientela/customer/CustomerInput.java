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
@Schema
public record CustomerInput(
        @Schema(maxLength = 128) @CodePointLength(max = 128) String externalId,
        CustomerType type,
        CustomerStatus status,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String name,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String firstName,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String lastName,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String companyName,
        @Schema(maxLength = 254) @CodePointLength(max = 254) String email,
        @Schema(maxLength = 40) @CodePointLength(max = 40) String phone,
        @Schema(maxLength = 32) @CodePointLength(max = 32) String document,
        DocumentType documentType,
        @Schema(maxLength = 64) @CodePointLength(max = 64) String stateRegistration,
        @Schema(maxLength = 64) @CodePointLength(max = 64) String source,

        @Schema(maxLength = 2048) @CodePointLength(max = 2048)
        String avatar,

        @PastOrPresent LocalDate birthday,
        @Schema(maxLength = 500) @CodePointLength(max = 500) String address,
        List<String> tags,
        @Schema(maxLength = 64) @CodePointLength(max = 64) String locationId,
        UUID clusterId,
        @Digits(integer = 15, fraction = 2) BigDecimal value,
        Boolean autoPayment,

        @Schema(maxLength = 10_000) @CodePointLength(max = 10_000)
        String notes,

        @Valid Preferences preferences,
        @Valid Social social,
        @Valid Utm utm,

        @Schema(implementation = Object.class, type = SchemaType.OBJECT)
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
