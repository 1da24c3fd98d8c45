package io.clientela.http.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param field where: a JSON pointer into the body (RFC 6901, such as {@code /source_ids/1}), or the name of a query
 *     parameter or header
 * @param code what, as a stable lower_snake word
 * @param message what, for a person, in English
 */
public record FieldError(String field, String code, String message) {
    /** A member of the body that is no field. */
    public static FieldError unknownAt(String pointer) {
        return new FieldError(pointer, "unknown_field", "is not a field here, or is read-only");
    }

    /** An error of a member whose name the caller chose. */
    public static FieldError at(String pointer, String member, String code, String message) {
        return new FieldError(pointer + "/" + escape(member), code, message);
    }

    /** A member of the body's outermost object that is no field. */
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
