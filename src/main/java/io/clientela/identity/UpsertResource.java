package io.clientela.identity;

import io.clientela.http.QueryParameters;
import io.clientela.http.WorkerThread;
import io.clientela.http.json.JsonBodies;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Single and batch upserts over HTTP. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class UpsertResource {
    private final UpsertService upserts;
    private final BatchService batches;
    private final UpsertReader reader;
    private final BatchReader batchReader;
    private final JsonBodies bodies;
    private final Idempotency idempotency;
    private final Responses responses;

    UpsertResource(
            UpsertService upserts,
            BatchService batches,
            UpsertReader reader,
            BatchReader batchReader,
            JsonBodies bodies,
            Idempotency idempotency,
            Responses responses) {
        this.upserts = upserts;
        this.batches = batches;
        this.reader = reader;
        this.batchReader = batchReader;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @POST
    @Path("/upsert")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> upsertCustomer(@HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        var upsert = reader.read(bodies.parse(body));
        return idempotency
                .once(key, "upsertCustomer", body, () -> upserts.upsert(upsert).map(this::toResponse))
                .map(StoredResponse::toResponse);
    }

    @POST
    @Path("/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> upsertCustomers(@HeaderParam(Idempotency.HEADER) String key, UriInfo uri, byte[] body) {
        var params = new QueryParameters(uri.getQueryParameters());
        boolean atomic = params.flag("atomic");
        params.throwIfInvalid();
        return WorkerThread.compute(() -> batchReader.parse(body))
                .chain(batch -> atomic || key != null
                        ? WorkerThread.compute(batch::rest)
                                .chain(upserts -> idempotency.once(
                                        key,
                                        "upsertCustomers " + atomic,
                                        body,
                                        () -> inOneTransaction(upserts, atomic)))
                        : batches.individually(batch).map(responses::ok))
                .map(StoredResponse::toResponse);
    }

    private Uni<StoredResponse> inOneTransaction(List<BatchReader.Element> upserts, boolean atomic) {
        return (atomic ? batches.atomically(upserts) : batches.individually(upserts)).map(responses::ok);
    }

    private StoredResponse toResponse(UpsertResult result) {
        var customer = result.customer();
        return result.outcome() == UpsertResult.Outcome.CREATED
                ? responses.created("/v1/customers/" + customer.id(), customer.version(), result)
                : responses.ok(customer.version(), result);
    }
}
