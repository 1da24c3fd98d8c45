package io.clientela.event;

import io.clientela.event.EventQuery.Start;
import io.clientela.http.AcceptedTypes;
import io.clientela.http.QueryParameters;
import io.clientela.http.StreamedBody;
import io.clientela.http.json.Ids;
import io.clientela.http.problem.ProblemException;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The feed of a tenant's events over HTTP, page by page or live. */
@Path("/v1/events")
@Cancellable(false)
public class EventResource {
    /** JSON Schema, draft 2020-12. */
    static final String SCHEMA_TYPE = "application/schema+json";

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String BEARER = "Bearer ";

    private final EventFeed feed;
    private final LiveStreams streams;
    private final EventScope scope;
    private final Caller caller;
    private final byte[] schema = read("/META-INF/events/schema.json");

    EventResource(EventFeed feed, LiveStreams streams, EventScope scope, Caller caller) {
        this.feed = feed;
        this.streams = streams;
        this.scope = scope;
        this.caller = caller;
    }

    /** Answers with the events as they happen if the client prefers server-sent events. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> listEvents(UriInfo uri, @Context HttpHeaders headers) {
        var params = new QueryParameters(uri.getQueryParameters());
        var query = EventQuery.read(params);
        params.throwIfInvalid();
        var filter = scope.filter(query.types());
        if (AcceptedTypes.prefers(MediaType.SERVER_SENT_EVENTS_TYPE, headers)) {
            return Uni.createFrom().item(live(query, filter, headers));
        }
        return feed.read(caller.tenant(), filter, query.start().orElse(Start.OLDEST), query.limit())
                .map(slice -> Response.ok(slice.page(), MediaType.APPLICATION_JSON_TYPE)
                        .build());
    }

    private Response live(EventQuery query, EventFilter filter, HttpHeaders headers) {
        var start = lastEvent(headers).or(query::start).orElse(Start.LATEST);
        var token = headers.getHeaderString(HttpHeaders.AUTHORIZATION).substring(BEARER.length());
        var stream = new LiveStream(caller.tenant(), filter, token.strip());
        return Response.ok(new StreamedBody(streams.open(stream, start)), MediaType.SERVER_SENT_EVENTS_TYPE)
                // Not to be collected by nginx before it is passed on.
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private static Optional<Start> lastEvent(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(LAST_EVENT_ID))
                .filter(id -> !id.isEmpty())
                .map(id -> Start.after(Ids.parse(id)
                        .orElseThrow(() -> ProblemException.invalidHeader(LAST_EVENT_ID, "must be an event's id"))));
    }

    @GET
    @Path("/schema")
    @Produces(SCHEMA_TYPE)
    @PermissionsAllowed(Scopes.READ)
    public byte[] getEventSchema() {
        return schema;
    }

    private static byte[] read(String resource) {
        try (var stream = EventResource.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(stream, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
