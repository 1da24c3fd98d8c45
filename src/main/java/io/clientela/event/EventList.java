package io.clientela.event;

import io.clientela.history.Event;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of the feed, as callers read it. */
@RegisterForReflection
@Schema
public record EventList(List<Event> data, Meta meta) {
    /**
     * Where a reader goes on.
     *
     * @param next the {@code after} of the next page, also if there is none yet
     */
    @RegisterForReflection
    @Schema(name = "EventListMeta")
    public record Meta(UUID next) {}
}
