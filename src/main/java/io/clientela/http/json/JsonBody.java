package io.clientela.http.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A valid JSON object of a request.
 *
 * @param json the object as it was sent, with its text in normalisation form C; it distinguishes an absent member from
 *     {@code null}
 * @param value the object bound to its type
 */
public record JsonBody<T>(ObjectNode json, T value) {}
