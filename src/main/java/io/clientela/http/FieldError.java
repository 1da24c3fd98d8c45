package io.clientela.http;

/**
 * One thing that is wrong with a request.
 *
 * @param field where: a JSON pointer into the body (RFC 6901, such as {@code /source_ids/1}), or the name of a query
 *     parameter or header
 * @param code what, as a stable lower_snake word
 * @param message what, for a person, in English
 */
public record FieldError(String field, String code, String message) {}
