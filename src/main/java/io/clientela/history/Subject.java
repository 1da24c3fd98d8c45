package io.clientela.history;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an event happened to.
 *
 * @param type {@code customer}, {@code cluster}, {@code api_key}, {@code import} or {@code webhook}
 * @param id its id, a UUID
 */
@RegisterForReflection
@Schema(name = "EventSubject")
public record Subject(String type, String id) {
    public static final String CUSTOMER = "customer";
    public static final String CLUSTER = "cluster";
    public static final String API_KEY = "api_key";
    public static final String IMPORT = "import";
    public static final String WEBHOOK = "webhook";

    public static Subject of(String type, UUID id) {
        return new Subject(type, id.toString());
    }
}
