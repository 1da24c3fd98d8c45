package io.clientela.privacy;

import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The erasure of a customer's personal data over HTTP. */
@Path("/v1/customers/{id}/erasure")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class ErasureResource {
    private final ErasureService erasures;
    private final Idempotency idempotency;
    private final Responses responses;

    ErasureResource(ErasureService erasures, Idempotency idempotency, Responses responses) {
        this.erasures = erasures;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @POST
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> eraseCustomer(@PathParam("id") UUID id, @HeaderParam(Idempotency.HEADER) String key) {
        return idempotency
                .once(key, "eraseCustomer " + id, new byte[0], () -> erasures.erase(id)
                        .map(responses::ok))
                .map(StoredResponse::toResponse);
    }
}
