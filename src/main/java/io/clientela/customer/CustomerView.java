package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A customer as callers read it. Every field is present, unknown values are null; {@code include} adds members, and
 * {@code fields} leaves out others.
 */
@RegisterForReflection
@JsonSerialize(using = CustomerViewWriter.class)
@Schema(name = "Customer")
public record CustomerView(
        @Schema(readOnly = true) UUID id,
        @Schema(readOnly = true) Long number,
        @Schema(readOnly = true) long version,
        @JsonUnwrapped CustomerFields fields,
        @Schema(readOnly = true) int callCount,
        @Schema(readOnly = true) Instant lastCallAt,
        @Schema(readOnly = true) Segment segment,
        @Schema(hidden = true) Spending spending,
        @JsonUnwrapped CustomerState state,
        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> included,
        @Schema(hidden = true) FieldSelection shown) {

    /** Returns a copy with members that {@code include} adds behind the customer's own. */
    CustomerView withIncluded(Map<String, Object> members) {
        return new CustomerView(
                id, number, version, fields, callCount, lastCallAt, segment, spending, state, members, shown);
    }
}
