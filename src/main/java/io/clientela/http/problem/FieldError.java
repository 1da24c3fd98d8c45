package io.clientela.http.problem;

/**
 * An error in one field, query parameter or header of a request.
 *
 * @param field a JSON pointer into the body (RFC 6901, such as {@code /source_ids/1}), or the name of a query parameter
 *     or header
 * @param code a stable lower_snake code
 * @param message a text for people, in English
 */
public record FieldError(String field, String code, String message) {
    /** A field that must be present. */
    public static FieldError required(String field) {
        return required(field, "is required");
    }

    /** A text that must not be blank, but may be null. */
    public static FieldError blank(String field) {
        return blank(field, "must not be blank; use null for none");
    }

    /** The id of a customer that the tenant does not have. */
    public static FieldError unknownCustomer(String field) {
        return new FieldError(field, "not_found", "is not a customer of this tenant");
    }

    /** A field that must be present, with the condition. */
    public static FieldError required(String field, String message) {
        return new FieldError(field, "required", message);
    }

    /** A text that consists of spaces, or of nothing. */
    public static FieldError blank(String field, String message) {
        return new FieldError(field, "blank", message);
    }

    /** A value of another JSON type. */
    public static FieldError invalidType(String field, String message) {
        return new FieldError(field, "invalid_type", message);
    }

    /** A text that is not in the format of its field. */
    public static FieldError invalidFormat(String field, String message) {
        return new FieldError(field, "invalid_format", message);
    }

    /** A value that is not one of those allowed. */
    public static FieldError invalidValue(String field, String message) {
        return new FieldError(field, "invalid_value", message);
    }

    /** A text or collection that is too short or too long. */
    public static FieldError invalidLength(String field, String message) {
        return new FieldError(field, "invalid_length", message);
    }

    /** A text with characters that no text may have. */
    public static FieldError invalidText(String field, String message) {
        return new FieldError(field, "invalid_text", message);
    }

    /** A document with wrong check digits. */
    public static FieldError invalidDocument(String field, String message) {
        return new FieldError(field, "invalid_document", message);
    }

    /** A number that is too large or too exact. */
    public static FieldError outOfRange(String field, String message) {
        return new FieldError(field, "out_of_range", message);
    }

    /** A value that does not go with another one. */
    public static FieldError conflict(String field, String message) {
        return new FieldError(field, "conflict", message);
    }

    /** A value that must differ from an earlier one. */
    public static FieldError repeated(String field, String message) {
        return new FieldError(field, "repeated", message);
    }

    /** An upsert without an identifier to match on. */
    public static FieldError identifierRequired(String field, String message) {
        return new FieldError(field, "identifier_required", message);
    }

    /** A query parameter that the operation does not have. */
    public static FieldError unknownParameter(String field, String message) {
        return new FieldError(field, "unknown_parameter", message);
    }

    /** A column of a file that its type does not have. */
    public static FieldError unknownColumn(String field, String message) {
        return new FieldError(field, "unknown_column", message);
    }

    /** A page that would be too long. */
    public static FieldError tooLarge(String field, String message) {
        return new FieldError(field, "too_large", message);
    }

    /** Returns the error for a member of the body that is not a field. */
    public static FieldError unknownAt(String pointer) {
        return new FieldError(pointer, "unknown_field", "is not a field here, or is read-only");
    }

    /** Returns an error for a member whose name the caller chose. */
    public static FieldError at(String pointer, String member, String code, String message) {
        return new FieldError(pointer + "/" + escape(member), code, message);
    }

    /** Returns the error for a member of the body's top-level object that is not a field. */
    public static FieldError unknown(String name) {
        return unknownAt("/" + escape(name));
    }

    /** A text with more characters than it may have. */
    public static FieldError tooLong(String field, int max) {
        return new FieldError(field, "invalid_length", "must have at most " + max + " characters");
    }

    /** A collection with more members or items than it may have. */
    public static FieldError tooMany(String field, int max) {
        return new FieldError(field, "invalid_length", "must not be more than " + max);
    }

    /** Escapes a member's name for a JSON pointer (RFC 6901, section 3). */
    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
