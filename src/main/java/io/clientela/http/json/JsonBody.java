package io.clientela.http.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON object that a caller sent, read and found valid.
 *
 * @param json the object as it was sent, with its text in normalisation form C: it alone tells an absent member from
 *     {@code null}
 * @param value its typed reading
 */
public record JsonBody<T>(ObjectNode json, T value) {}
