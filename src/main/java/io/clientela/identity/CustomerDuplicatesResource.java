package io.clientela.identity;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.json.Ids;
import io.clientela.http.problem.MergedRedirectException;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The likely duplicates of one customer over HTTP. */
@Path("/v1/customers/{id}/duplicates")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Duplicates")
public class CustomerDuplicatesResource {
    private final DuplicateReader duplicates;

    CustomerDuplicatesResource(DuplicateReader duplicates) {
        this.duplicates = duplicates;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(
            summary = "List a customer's likely duplicates",
            description = "Customers who are likely the same as this one, best first, with the reasons.")
    @Parameter(
            name = DuplicateQuery.MIN_SCORE,
            in = ParameterIn.QUERY,
            description = "The lowest score to list. Pairs below 0.1 are not stored.",
            schema = @Schema(type = SchemaType.NUMBER, minimum = "0", maximum = "1", defaultValue = "0.5"))
    @APIResponse(responseCode = "200", description = "A page of customers.")
    @APIResponse(responseCode = "307", description = MergedRedirectException.DESCRIPTION)
    public Uni<RestResponse<Page<DuplicateView>>> listCustomerDuplicates(@PathParam("id") String id, UriInfo uri) {
        return duplicates.of(Ids.inPath(id), DuplicateQuery.read(uri)).map(page -> PageLinks.answer(uri, page));
    }
}
