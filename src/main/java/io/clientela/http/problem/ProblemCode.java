package io.clientela.http.problem;

import java.util.Locale;

/**
 * The values of a problem document's {@code code} member (RFC 9457). Codes are part of the contract: they are added,
 * never renamed.
 */
public enum ProblemCode {
    MALFORMED_JSON(400, "The body is not a JSON object"),
    INVALID_PARAMETER(400, "A query parameter is malformed or unknown"),
    INVALID_HEADER(400, "A request header is malformed"),
    BAD_REQUEST(400, "The request is malformed"),
    TENANT_REQUIRED(400, "The token is for several tenants and none was chosen"),
    UNAUTHENTICATED(401, "No bearer token was sent"),
    INVALID_TOKEN(401, "The bearer token is malformed, expired, or not from the trusted issuer"),
    INVALID_CREDENTIALS(401, "No customer can log in with these credentials"),
    INSUFFICIENT_SCOPE(403, "The token lacks a scope that this operation needs"),
    NO_TENANT(403, "The token names no tenant"),
    TENANT_FORBIDDEN(403, "The token is not for this tenant"),
    LOCATION_FORBIDDEN(403, "The caller is restricted to another location"),
    GRANT_REFUSED(403, "An API key cannot outlast the API key that makes it"),
    ACCOUNT_BLOCKED(403, "The customer is blocked or anonymised"),
    NOT_FOUND(404, "There is no such resource in this tenant"),
    METHOD_NOT_ALLOWED(405, "The resource does not support this method"),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be produced"),
    BODY_TOO_SLOW(408, "The body did not arrive in time"),
    DUPLICATE_CUSTOMER(409, "Another customer has the same identifier"),
    DUPLICATE_EXTERNAL_ID(409, "Another customer has a call or order with this external id"),
    DUPLICATE_CLUSTER(409, "Another cluster has this name"),
    IDENTITY_CONFLICT(409, "The customer found has another document or external id"),
    AMBIGUOUS_MATCH(409, "The identifiers belong to several customers"),
    MERGED(409, "The customer was merged into another one"),
    CUSTOMER_ANONYMIZED(409, "The customer's personal data was erased"),
    MERGE_REFUSED(409, "These customers cannot be merged"),
    UNDO_REFUSED(409, "The merge cannot be undone"),
    DELETE_REFUSED(409, "A delete rule forbids it"),
    ERASURE_REFUSED(409, "A rule forbids the erasure for now"),
    API_KEY_INACTIVE(409, "The API key is revoked or past its end"),
    ROTATION_REFUSED(409, "As many secrets are in use as there may be"),
    TOO_MANY_WEBHOOKS(409, "The tenant has as many webhooks as it may have"),
    WEBHOOK_INACTIVE(409, "The webhook is switched off"),
    DUPLICATE_LOGIN(409, "Another customer with this e-mail has a password"),
    EMAIL_REQUIRED(409, "The customer has no e-mail"),
    REPEATED_IMPORT(409, "The same file was imported before"),
    IMPORT_ENDED(409, "The import has ended"),
    IDEMPOTENCY_IN_PROGRESS(409, "A request with this Idempotency-Key is still running"),
    RESPONSE_ERASED(410, "The stored response had personal data that was erased"),
    EVENTS_GONE(410, "Events after this one were deleted"),
    VERSION_MISMATCH(412, "The resource is not at the version that If-Match names"),
    BODY_TOO_LARGE(413, "The body is larger than the limit"),
    URI_TOO_LONG(414, "The request target is longer than the limit"),
    UNSUPPORTED_MEDIA_TYPE(415, "The operation does not accept the body's media type"),
    VALIDATION_FAILED(422, "The body is well-formed but not valid"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request"),
    TOO_MANY_REQUESTS(429, "The tenant uses its share of the service"),
    TOO_MANY_ATTEMPTS(429, "Too many wrong passwords were sent"),
    HEADERS_TOO_LARGE(431, "The request headers are larger than the limit"),
    INTERNAL_ERROR(500, "The service failed"),
    OVERLOADED(503, "The service is overloaded"),
    UNAVAILABLE(503, "The service cannot answer right now");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Returns the HTTP status of this code. */
    public int status() {
        return status;
    }

    /** Returns the title, which is the same for every occurrence (RFC 9457, section 3.1.3). */
    public String title() {
        return title;
    }

    /** Returns the code on the wire, in lower_snake. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the problem type's URI (RFC 9457, section 3.1.1), an identifier that cannot be dereferenced. */
    public String type() {
        return "urn:clientela:problem:" + code();
    }
}
