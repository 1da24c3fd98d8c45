package io.clientela.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.customer.CustomerQuery;
import io.clientela.customer.CustomerSort;
import io.clientela.customer.Identifiers;
import io.clientela.customer.Segments;
import io.clientela.http.QueryParameters;
import io.clientela.http.StreamedBody;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operation that exports a list of customers as a file. */
@Path("/v1/customers/export")
@Produces({FileFormat.CSV_TYPE, FileFormat.NDJSON_TYPE})
@Cancellable(false)
public class ExportResource {
    private static final String GZIP = "gzip";

    /** Rows are in the table in about this order: in that of names, each would be looked up at another place. */
    private static final CustomerSort DEFAULT_SORT = CustomerSort.CREATED_AT;

    private final CustomerFileExport exports;
    private final ExportMetrics metrics;
    private final Identifiers identifiers;
    private final Segments segments;
    private final ObjectMapper mapper;
    private final AttributeText attributes;

    ExportResource(
            CustomerFileExport exports,
            ExportMetrics metrics,
            Identifiers identifiers,
            Segments segments,
            ObjectMapper mapper,
            AttributeText attributes) {
        this.exports = exports;
        this.metrics = metrics;
        this.identifiers = identifiers;
        this.segments = segments;
        this.mapper = mapper;
        this.attributes = attributes;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> exportCustomers(UriInfo uri, @Context HttpHeaders headers, @Context RoutingContext exchange) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = ExportRequest.read(
                params,
                FileFormat.accepted(headers.getAcceptableMediaTypes()),
                CustomerQuery.read(params, identifiers, segments, DEFAULT_SORT),
                mapper,
                attributes);
        var file = exports.of(request);
        boolean compressed = acceptsGzip(exchange);
        var response = Response.ok()
                .type(request.format().contentType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"customers-" + LocalDate.now(ZoneOffset.UTC) + "." + request.format()
                                + "\"")
                .header(HttpHeaders.VARY, "Accept, Accept-Encoding");
        if (compressed) {
            response.header(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        if (exchange.request().method() != HttpMethod.HEAD) {
            response.entity(
                    new StreamedBody(metrics.measured(request.format(), compressed ? GzipPieces.of(file) : file)));
        }
        return Uni.createFrom().item(response.build());
    }

    /** RFC 9110, section 12.5.3: {@code gzip;q=0} refuses it. */
    private static boolean acceptsGzip(RoutingContext exchange) {
        return exchange.parsedHeaders().acceptEncoding().stream()
                .anyMatch(coding -> coding.value().equalsIgnoreCase(GZIP) && coding.weight() > 0);
    }
}
