package io.clientela.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** The choice of an operation that answers in JSON, or in another form to clients that name it first. */
public final class AcceptedTypes {
    private AcceptedTypes() {}

    /** Returns whether a client names this type before JSON. */
    public static boolean prefers(MediaType type, HttpHeaders headers) {
        return headers.getAcceptableMediaTypes().stream()
                .filter(accepted ->
                        accepted.isCompatible(type) || accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .findFirst()
                .filter(accepted -> !accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .isPresent();
    }
}
