package io.clientela.event;

import io.clientela.http.QueryParameters;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The feed of a tenant's events over HTTP. */
@Path("/v1/events")
@Cancellable(false)
public class EventResource {
    /** JSON Schema, draft 2020-12. */
    static final String SCHEMA_TYPE = "application/schema+json";

    private final EventFeed feed;
    private final EventScope scope;
    private final byte[] schema = read("/META-INF/events/schema.json");

    EventResource(EventFeed feed, EventScope scope) {
        this.feed = feed;
        this.scope = scope;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.READ)
    public Uni<EventList> listEvents(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var query = EventQuery.read(params);
        params.throwIfInvalid();
        return feed.page(scope.visible(), query);
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
