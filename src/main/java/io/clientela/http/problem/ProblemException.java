package io.clientela.http.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one exception by which a request is refused: it becomes the problem document (RFC 9457) that the caller reads.
 * Nothing in it may be unknown to the caller or belong to another tenant.
 */
public final class ProblemException extends RuntimeException {
    /** The most errors that are listed; the detail says how many there are. */
    private static final int MAX_ERRORS = 50;

    private final ProblemCode code;
    private transient List<FieldError> errors;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /** A problem that is about no single field. */
    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of());
    }

    /** A problem that is about the given fields. */
    public ProblemException(ProblemCode code, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = errors.stream().limit(MAX_ERRORS).toList();
    }

    /** Every violated field of a body: 422. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(ProblemCode.VALIDATION_FAILED, summary(errors), errors);
    }

    /** One violated field of a body: 422. */
    public static ProblemException invalid(String field, String code, String message) {
        return invalid(List.of(new FieldError(field, code, message)));
    }

    /** Every malformed or unknown query parameter: 400. */
    public static ProblemException invalidParameters(List<FieldError> errors) {
        return new ProblemException(ProblemCode.INVALID_PARAMETER, summary(errors), errors);
    }

    /** A malformed request header: 400. */
    public static ProblemException invalidHeader(String header, String message) {
        var error = new FieldError(header, "invalid_format", message);
        return new ProblemException(ProblemCode.INVALID_HEADER, summary(List.of(error)), List.of(error));
    }

    /** The token lacks a scope: 403, with the challenge of RFC 6750, section 3.1. */
    public static ProblemException insufficientScope(String needed) {
        return new ProblemException(ProblemCode.INSUFFICIENT_SCOPE, "This operation needs the scope " + needed + ".")
                .with("required_scope", needed)
                .header("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + needed + "\"");
    }

    /** There is no such thing, or it is another tenant's, which must look the same: 404. */
    public static ProblemException notFound() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is nothing at this address in your tenant.");
    }

    /** Something stood in the way that passes by itself; nothing was changed: 503 with {@code Retry-After}. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(ProblemCode.UNAVAILABLE, detail).header("Retry-After", "1");
    }

    /** Adds an extension member (RFC 9457, section 3.2): what the caller needs to act. */
    public ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Adds a response header. */
    public ProblemException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Lists so many errors at most. */
    public void limitErrors(int max) {
        errors = errors.stream().limit(max).toList();
    }

    public ProblemCode code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** The extension members, in the order in which they were added. */
    public Map<String, Object> members() {
        return members;
    }

    /** The response headers that go with the problem. */
    public Map<String, String> headers() {
        return headers;
    }

    private static String summary(List<FieldError> errors) {
        if (errors.size() == 1) {
            return errors.get(0).field() + " " + errors.get(0).message() + ".";
        }
        return errors.size() + " fields are not valid.";
    }
}
