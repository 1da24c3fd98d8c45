package io.clientela.customer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.PastOrPresent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * What callers write of a customer. This is the only list of these fields: the JSON of requests and responses, the
 * columns of the table, the history, and what a patch or an undo restores follow from it (ADR 14).
 *
 * <p>An absent field has its default. Whether a request has a field is a question to its JSON.
 */
@Embeddable
@RecordBuilder
@RecordBuilder.Options(inheritComponentAnnotations = false)
@RegisterForReflection
@Schema(name = "CustomerInput")
public record CustomerFields(
        @Schema(maxLength = 128) @CodePointLength(max = 128) String externalId,
        @Enumerated(EnumType.STRING) CustomerType type,
        @Enumerated(EnumType.STRING) CustomerStatus status,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String name,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String firstName,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String lastName,
        @Schema(maxLength = 200) @CodePointLength(max = 200) String companyName,
        @Schema(maxLength = 254) @CodePointLength(max = 254) String email,
        @Schema(maxLength = 40) @CodePointLength(max = 40) String phone,
        @Schema(maxLength = 32) @CodePointLength(max = 32) String document,
        @Enumerated(EnumType.STRING) DocumentType documentType,
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

        @Embedded @Valid Preferences preferences,
        @Embedded @Valid Social social,
        @Embedded @Valid Utm utm,

        @Schema(implementation = Object.class, type = SchemaType.OBJECT)
        Attributes attributes)
        implements CustomerFieldsBuilder.With {

    public CustomerFields {
        type = type == null ? CustomerType.INDIVIDUAL : type;
        status = status == null ? CustomerStatus.ACTIVE : status;
        tags = tags == null ? List.of() : tags;
        preferences = preferences == null ? Preferences.UNKNOWN : preferences;
        attributes = attributes == null ? Attributes.EMPTY : attributes;
    }

    /** The fields' names in JSON. */
    public static final Set<String> NAMES = Stream.of(CustomerFields.class.getRecordComponents())
            .map(component -> SnakeCaseStrategy.INSTANCE.translate(component.getName()))
            .collect(Collectors.toUnmodifiableSet());

    /** Returns the fields as they are stored. */
    CustomerFields normalized() {
        return with(fields -> fields.tags(List.copyOf(Tags.normalized(tags)))
                .value(value == null ? null : value.setScale(2, RoundingMode.UNNECESSARY))
                .social(social == null ? null : Social.of(social.driver(), social.id()))
                .utm(utm == null ? null : Utm.of(utm.source(), utm.campaign())));
    }

    /** Returns a copy with these names. */
    CustomerFields withNames(Names names) {
        return with(fields -> fields.type(names.type())
                .name(names.name())
                .firstName(names.first())
                .lastName(names.last())
                .companyName(names.company()));
    }
}
