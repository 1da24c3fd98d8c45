package io.clientela.customer;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.JsonBodies;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations that list and create customers. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Customers")
public class CustomerCollectionResource {
    private final CustomerService customers;
    private final Inclusions inclusions;
    private final CustomerRules rules;
    private final Identifiers identifiers;
    private final JsonBodies bodies;
    private final Idempotency idempotency;
    private final Responses responses;

    CustomerCollectionResource(
            CustomerService customers,
            Inclusions inclusions,
            CustomerRules rules,
            Identifiers identifiers,
            JsonBodies bodies,
            Idempotency idempotency,
            Responses responses) {
        this.customers = customers;
        this.inclusions = inclusions;
        this.rules = rules;
        this.identifiers = identifiers;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(
            summary = "List and search customers",
            description =
                    "By page number or by cursor. The cost of a cursor does not depend on its position; concurrent"
                            + " creates and deletes neither skip nor repeat other customers. Ties are broken by id.")
    @Parameter(
            name = "sort_by",
            in = ParameterIn.QUERY,
            description =
                    "Names and e-mails sort case- and accent-insensitively. Customers without e-mail sort last; customers without calls sort as the oldest call.",
            schema =
                    @Schema(
                            enumeration = {"name", "email", "created_at", "updated_at", "last_call_at", "total_spent"},
                            defaultValue = "name"))
    @Parameter(
            name = "sort_order",
            in = ParameterIn.QUERY,
            description = "Ascending or descending.",
            schema =
                    @Schema(
                            enumeration = {"asc", "desc"},
                            defaultValue = "asc"))
    @Parameter(
            name = "search",
            in = ParameterIn.QUERY,
            description =
                    "Part of name, company or e-mail, case- and accent-insensitive; or digits of phone or document.",
            schema = @Schema(type = SchemaType.STRING, maxLength = 200),
            example = "goncalves")
    @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            description = "Alias of `search`.",
            schema = @Schema(type = SchemaType.STRING, maxLength = 200))
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "Only customers with this status.",
            schema = @Schema(implementation = CustomerStatus.class))
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Only customers of this type.",
            schema = @Schema(implementation = CustomerType.class))
    @Parameter(
            name = "segment",
            in = ParameterIn.QUERY,
            description = "Only customers of this segment.",
            schema = @Schema(implementation = Segment.class))
    @Parameter(name = "tag", in = ParameterIn.QUERY, description = "Only customers with this tag.")
    @Parameter(
            name = "cluster_id",
            in = ParameterIn.QUERY,
            description = "Only customers of this cluster.",
            schema = @Schema(type = SchemaType.STRING, format = "uuid"))
    @Parameter(name = "location_id", in = ParameterIn.QUERY, description = "Only customers of this business location.")
    @Parameter(name = "source", in = ParameterIn.QUERY, description = "Only customers from this source.")
    @Parameter(name = "email", in = ParameterIn.QUERY, description = "Only customers with this e-mail, in any case.")
    @Parameter(name = "phone", in = ParameterIn.QUERY, description = "Only customers with this phone, in any notation.")
    @Parameter(
            name = "document",
            in = ParameterIn.QUERY,
            description = "Only customers with this document, in any punctuation.")
    @Parameter(name = "external_id", in = ParameterIn.QUERY, description = "Only the customer with this external id.")
    @Parameter(
            name = "created_from",
            in = ParameterIn.QUERY,
            description = "Created at or after this time: a date (UTC) or an RFC 3339 timestamp.",
            example = "2026-01-01")
    @Parameter(
            name = "created_to",
            in = ParameterIn.QUERY,
            description = "Created at or before this time; a date includes the whole day.",
            example = "2026-12-31")
    @Parameter(name = "updated_from", in = ParameterIn.QUERY, description = "Changed at or after this time.")
    @Parameter(name = "updated_to", in = ParameterIn.QUERY, description = "Changed at or before this time.")
    @Parameter(
            name = Inclusions.PARAMETER,
            in = ParameterIn.QUERY,
            description = Inclusions.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING),
            example = "stats,orders")
    @APIResponse(responseCode = "200", description = "A page of customers.")
    public Uni<RestResponse<Page<CustomerView>>> listCustomers(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var page = PageRequest.read(params);
        var query = CustomerQuery.read(params, identifiers);
        query.checkCursor(params, page);
        var requested = inclusions.read(params);
        params.throwIfInvalid();
        return customers
                .list(query, page)
                .chain(found -> inclusions.addTo(requested, found.data()).map(found::with))
                .map(found -> PageLinks.answer(uri, found));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Create a customer",
            description =
                    "With an `Idempotency-Key` the request can be repeated safely: for 24 hours the first response"
                            + " is returned again.")
    @Parameter(
            name = "on_duplicate",
            in = ParameterIn.QUERY,
            description =
                    "`reject` refuses an external id, document, e-mail or phone that another customer has; `allow` refuses such an external id only.",
            schema =
                    @Schema(
                            enumeration = {"allow", "reject"},
                            defaultValue = "allow"))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CustomerInput.class),
                            examples =
                                    @ExampleObject(
                                            name = "A person",
                                            value =
                                                    "{\"name\":\"Jane Smith\",\"email\":\"jane@example.com\",\"phone\":\"+1 (800) 123-4567\",\"tags\":[\"vip\"]}")))
    @APIResponse(
            responseCode = "201",
            description = "The new customer.",
            headers = {
                @Header(
                        name = "Location",
                        description = "The customer's path",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(name = "ETag", description = "The version", schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Idempotency-Replayed",
                        description = "`true` for a repeated response",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> createCustomer(
            @Parameter(description = "Up to 255 printable characters, quoted or bare.") @HeaderParam(Idempotency.HEADER)
                    String key,
            UriInfo uri,
            byte[] body) {
        var params = new QueryParameters(uri.getQueryParameters());
        var onDuplicate = params.oneOf("on_duplicate", List.of("allow", "reject"), value -> value)
                .orElse("allow");
        params.throwIfInvalid();
        var input = bodies.read(body, CustomerInput.class, rules::validateNew).value();
        return idempotency
                .once(key, "createCustomer " + onDuplicate, body, () -> customers
                        .create(input, onDuplicate.equals("reject"))
                        .map(customer ->
                                responses.created("/v1/customers/" + customer.id(), customer.version(), customer)))
                .map(StoredResponse::toResponse);
    }
}
