package io.clientela.http.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The exception that rejects a request. It is returned as a problem document (RFC 9457), so it must not contain
 * internals or data of another tenant.
 */
public final class ProblemException extends RuntimeException {
    /** The most errors that are listed; the detail says how many there are. */
    public static final int MAX_ERRORS = 50;

    private final ProblemCode code;
    private transient List<FieldError> errors;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /** Creates a problem without field errors. */
    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of());
    }

    /** Creates a problem with field errors. */
    public ProblemException(ProblemCode code, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = errors.stream().limit(MAX_ERRORS).toList();
    }

    /** Returns a 422 with all violated fields of a body. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(ProblemCode.VALIDATION_FAILED, summary(errors), errors);
    }

    /** Returns a 422 with one violated field of a body. */
    public static ProblemException invalid(String field, String code, String message) {
        return invalid(List.of(new FieldError(field, code, message)));
    }

    /** Returns a 400 with all malformed or unknown query parameters. */
    public static ProblemException invalidParameters(List<FieldError> errors) {
        return new ProblemException(ProblemCode.INVALID_PARAMETER, summary(errors), errors);
    }

    /** Returns a 400 for a malformed request header. */
    public static ProblemException invalidHeader(String header, String message) {
        var error = FieldError.invalidFormat(header, message);
        return new ProblemException(ProblemCode.INVALID_HEADER, summary(List.of(error)), List.of(error));
    }

    /** Returns a 403 for a token that lacks a scope, with the challenge of RFC 6750, section 3.1. */
    public static ProblemException insufficientScope(String scope) {
        return new ProblemException(ProblemCode.INSUFFICIENT_SCOPE, "This operation requires the scope " + scope + ".")
                .with("required_scope", scope)
                .header("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }

    /** Returns a 404 for a resource that does not exist or is another tenant's; the two must be indistinguishable. */
    public static ProblemException notFound() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such resource in your tenant.");
    }

    /** Returns a 503 with {@code Retry-After} for a temporary conflict in which nothing was changed. */
    public static ProblemException unavailable(String detail) {
        return retryLater(ProblemCode.UNAVAILABLE, detail);
    }

    /** Returns a problem that is over soon, with {@code Retry-After}. */
    public static ProblemException retryLater(ProblemCode code, String detail) {
        return new ProblemException(code, detail).header("Retry-After", "1");
    }

    /** Adds an extension member (RFC 9457, section 3.2). */
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

    /** Returns the extension members, in the order in which they were added. */
    public Map<String, Object> members() {
        return members;
    }

    /** Returns the response headers of the problem. */
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
