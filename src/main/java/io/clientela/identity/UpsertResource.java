package io.clientela.identity;

import io.clientela.customer.CustomerInput;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Single and batch upserts over HTTP. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Customers")
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
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Create or update a customer",
            description = "Matches customers by any of the given identifiers: external_id, document, email, phone."
                    + " No match: created. One match: changed as by PATCH. Several: 409 `ambiguous_match`, and nothing"
                    + " is written. Concurrent equal upserts create one customer.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(allOf = {CustomerInput.class, UpsertOptions.class}),
                            examples =
                                    @ExampleObject(
                                            name = "A caller who may be known",
                                            value =
                                                    "{\"name\":\"Jane Smith\",\"phone\":\"+1 (800) 123-4567\",\"added_tags\":[\"caller\"]}")))
    @APIResponse(
            responseCode = "200",
            description = "The existing customer, `updated` or `unchanged`.",
            content = @Content(schema = @Schema(implementation = UpsertResult.class)))
    @APIResponse(
            responseCode = "201",
            description = "The new customer.",
            content = @Content(schema = @Schema(implementation = UpsertResult.class)))
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
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Upsert up to 1,000 customers",
            description =
                    "In sequence, in the order given. Each upsert has its own outcome, and one that fails does not"
                            + " affect the others; with `atomic=true` all are applied or none.")
    @Parameter(
            name = "atomic",
            in = ParameterIn.QUERY,
            description = "Whether nothing is written if one upsert fails.",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = BatchReader.CUSTOMERS,
                                            properties =
                                                    @SchemaProperty(
                                                            name = BatchReader.CUSTOMERS,
                                                            type = SchemaType.ARRAY,
                                                            minItems = 1,
                                                            maxItems = BatchReader.MAX_SIZE,
                                                            description = "Upserts, as for one.",
                                                            implementation = Object.class)),
                            examples =
                                    @ExampleObject(
                                            name = "Two",
                                            value =
                                                    "{\"customers\":[{\"external_id\":\"crm-1\",\"name\":\"Jane Smith\"},{\"email\":\"ana@example.com\",\"name\":\"Ana Costa\"}]}")))
    @APIResponse(
            responseCode = "200",
            description = "The result of each upsert.",
            content = @Content(schema = @Schema(implementation = BatchResult.class)))
    public Uni<Response> upsertCustomers(@HeaderParam(Idempotency.HEADER) String key, UriInfo uri, byte[] body) {
        var params = new QueryParameters(uri.getQueryParameters());
        boolean atomic = params.flag("atomic");
        params.throwIfInvalid();
        return WorkerThread.compute(() -> batchReader.read(body))
                .chain(customers -> idempotency.once(key, "upsertCustomers " + atomic, body, () -> (atomic
                                ? batches.atomically(customers)
                                : batches.individually(customers, key != null))
                        .map(responses::ok)))
                .map(StoredResponse::toResponse);
    }

    private StoredResponse toResponse(UpsertResult result) {
        var customer = result.customer();
        return result.outcome() == UpsertResult.Outcome.CREATED
                ? responses.created("/v1/customers/" + customer.id(), customer.version(), result)
                : responses.ok(customer.version(), result);
    }
}
