package io.clientela.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event of a tenant as readers of the feed, of the live stream and of webhooks get it.
 *
 * @param id a UUID version 7, by which readers recognise an event that they get again
 * @param type such as {@code customer.updated}
 * @param at the time of the change
 * @param tenant the tenant
 * @param subject what it happened to
 * @param version the customer's version after the change; null for other subjects
 * @param actor who made the change, or null
 * @param requestId the request that made the change, or null
 * @param changes a JSON object: the value before and after, per field
 * @param details a JSON object: further data of the type
 */
@RegisterForReflection
@Schema
public record Event(
        UUID id,
        String type,
        Instant at,
        String tenant,
        Subject subject,
        Long version,
        String actor,
        String requestId,
        @Schema(type = SchemaType.OBJECT) @JsonRawValue String changes,
        @Schema(type = SchemaType.OBJECT) @JsonRawValue String details) {
    /** The columns of {@code customer_event} that {@link #of} reads. */
    public static final String COLUMNS = "id, type, at, tenant_id, subject_type, customer_id, customer_version, actor,"
            + " request_id, changes, details";

    /** Reads an event from a row that has {@link #COLUMNS}. */
    public static Event of(Row row) {
        return new Event(
                row.getUUID("id"),
                row.getString("type"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("tenant_id"),
                Subject.of(row.getString("subject_type"), row.getUUID("customer_id")),
                row.getLong("customer_version"),
                row.getString("actor"),
                row.getString("request_id"),
                row.getString("changes"),
                row.getString("details"));
    }
}
