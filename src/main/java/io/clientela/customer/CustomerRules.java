package io.clientela.customer;

import io.clientela.http.problem.FieldError;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The validation rules of customers beyond the length and type of each field. */
@Singleton
public class CustomerRules {
    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_ATTRIBUTES = 50;
    private static final int MAX_ATTRIBUTES_SIZE = 16 * 1024;

    private final Identifiers identifiers;
    private final CustomerSettings settings;

    CustomerRules(Identifiers identifiers, CustomerSettings settings) {
        this.identifiers = identifiers;
        this.settings = settings;
    }

    /** Returns the errors of a new customer; the body's reader reports the first error of each field. */
    public List<FieldError> validateNew(CustomerFields input) {
        var errors = validatePatch(input);
        errors.addAll(validateResult(null, completed(input)));
        return errors;
    }

    /** Returns the errors of the present fields, independent of the other fields. */
    public List<FieldError> validatePatch(CustomerFields input) {
        List<FieldError> errors = new ArrayList<>();
        notBlank(errors, "/name", input.name());
        notBlank(errors, "/external_id", input.externalId());
        notBlank(errors, "/source", input.source());
        notBlank(errors, "/location_id", input.locationId());
        if (input.email() != null && !identifiers.isEmail(input.email())) {
            errors.add(FieldError.invalidFormat("/email", "must be an e-mail address"));
        }
        if (input.phone() != null && identifiers.phoneKey(input.phone()).isEmpty()) {
            errors.add(FieldError.invalidFormat(
                    "/phone", "is not a phone number; include the country code, as in +55 11 99999-8888"));
        }
        if (input.document() != null
                && identifiers.documentKey(input.document()).isEmpty()) {
            errors.add(FieldError.invalidFormat("/document", "must contain a letter or digit"));
        }
        if (input.avatar() != null && !isHttps(input.avatar())) {
            errors.add(FieldError.invalidFormat("/avatar", "must be an https URL"));
        }
        validateTags(errors, input.tags());
        validateAttributes(errors, input.attributes());
        return errors;
    }

    /** Returns a new customer with completed names and the derived document type. */
    public CustomerFields completed(CustomerFields input) {
        return input.withNames(Names.of(input).completed()).withDocumentType(documentType(input));
    }

    /**
     * Returns the result of a patch with completed names and the derived document type.
     *
     * @param before the writable fields before the patch
     * @param after the writable fields with the patch applied
     * @param patchedFields the names of the fields in the patch, those set to null included
     */
    CustomerFields completed(CustomerFields before, CustomerFields after, Set<String> patchedFields) {
        boolean onlyDocumentPatched = patchedFields.contains("document") && !patchedFields.contains("document_type");
        var input = onlyDocumentPatched ? after.withDocumentType(null) : after;
        return input.withNames(Names.of(after).completedAfter(Names.of(before), patchedFields))
                .withDocumentType(documentType(input));
    }

    /**
     * Returns the errors of a completed customer that involve several fields, or what a patch added to.
     *
     * @param before null for a new customer
     */
    public List<FieldError> validateResult(CustomerFields before, CustomerFields completed) {
        List<FieldError> errors = new ArrayList<>();
        if (completed.name() == null) {
            errors.add(
                    FieldError.required("/name", "is required unless first_name, last_name or company_name give it"));
        } else if (completed.name().codePointCount(0, completed.name().length()) > MAX_NAME_LENGTH) {
            errors.add(FieldError.invalidLength(
                    "/name", "is longer than 200 characters when composed of its parts; set name"));
        }
        boolean sameDocument = before != null
                && Objects.equals(before.document(), completed.document())
                && before.documentType() == completed.documentType();
        if (!sameDocument) {
            validateDocument(completed).ifPresent(errors::add);
        }
        if (before == null || !before.tags().equals(completed.tags())) {
            validateTagCount(errors, completed.tags());
        }
        if (before == null || !before.attributes().equals(completed.attributes())) {
            validateAttributes(errors, completed.attributes());
        }
        return errors;
    }

    private Optional<FieldError> validateDocument(CustomerFields input) {
        if (input.document() == null) {
            return input.documentType() == null
                    ? Optional.empty()
                    : Optional.of(FieldError.conflict(
                            "/document_type", "requires a document; set document or clear this field"));
        }
        var key = identifiers.documentKey(input.document());
        boolean invalid = key.isPresent()
                && identifiers.documentValid(input.documentType(), key.get()).equals(Optional.of(false));
        return settings.document().strict() && invalid
                ? Optional.of(FieldError.invalidDocument("/document", "has wrong check digits; correct the document"))
                : Optional.empty();
    }

    private DocumentType documentType(CustomerFields input) {
        if (input.document() == null || input.documentType() != null) {
            return input.documentType();
        }
        return identifiers
                .documentKey(input.document())
                .map(identifiers::documentType)
                .orElse(null);
    }

    private static void notBlank(List<FieldError> errors, String field, String value) {
        if (value != null && value.isBlank()) {
            errors.add(FieldError.blank(field));
        }
    }

    private static void validateTags(List<FieldError> errors, List<String> tags) {
        for (int i = 0; i < tags.size(); i++) {
            if (!Tags.isTag(tags.get(i))) {
                errors.add(FieldError.invalidLength("/tags/" + i, "must have 1 to 64 characters"));
            }
        }
        if (errors.isEmpty()) {
            validateTagCount(errors, tags);
        }
    }

    private static void validateTagCount(List<FieldError> errors, List<String> tags) {
        if (areTooManyTags(Tags.normalized(tags).size())) {
            errors.add(FieldError.invalidLength("/tags", "must not have more than 50 elements"));
        }
    }

    private static void validateAttributes(List<FieldError> errors, Attributes attributes) {
        if (areTooManyAttributes(attributes)) {
            errors.add(FieldError.invalidLength("/attributes", "must not have more than 50 keys"));
        }
        if (areTooLongAttributes(attributes)) {
            errors.add(FieldError.invalidLength("/attributes", "must not be larger than 16 KiB"));
        }
    }

    /** Returns whether a customer may not have this many tags. */
    public static boolean areTooManyTags(int count) {
        return count > Tags.MAX_TAGS;
    }

    /** Returns whether a customer may not have this many attributes. */
    public static boolean areTooManyAttributes(Attributes attributes) {
        return attributes.json().size() > MAX_ATTRIBUTES;
    }

    /** Returns whether these attributes are longer, as JSON, than a customer's may be. */
    public static boolean areTooLongAttributes(Attributes attributes) {
        return attributes.text().getBytes(StandardCharsets.UTF_8).length > MAX_ATTRIBUTES_SIZE;
    }

    private static boolean isHttps(String url) {
        try {
            var uri = new URI(url);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
