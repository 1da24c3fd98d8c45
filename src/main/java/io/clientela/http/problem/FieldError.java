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
