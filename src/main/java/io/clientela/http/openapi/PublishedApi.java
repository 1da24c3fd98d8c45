package io.clientela.http.openapi;

/** An API beside the service's own, with an OpenAPI document of its own at {@code /q/openapi-<name>}. */
public interface PublishedApi {
    /** Returns the name of the API, by which its document, the log and the metrics call it. */
    String name();

    /** Returns the path that all its paths begin with, such as {@code /api/v1}. */
    String basePath();
}
