package io.clientela.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.customer.CustomerQuery;
import io.clientela.customer.CustomerSort;
import io.clientela.customer.Identifiers;
import io.clientela.customer.Segments;
import io.clientela.http.QueryParameters;
import io.clientela.http.StreamedBody;
import io.clientela.http.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Builds the responses with a list of customers as a file. */
@Singleton
public class CustomerDownload {
    private static final String GZIP = "gzip";

    /** Rows are in the table in about this order: in that of names, each would be looked up at another place. */
    private static final CustomerSort DEFAULT_SORT = CustomerSort.CREATED_AT;

    private final CustomerFileExport exports;
    private final ExportMetrics metrics;
    private final Identifiers identifiers;
    private final Segments segments;
    private final ObjectMapper mapper;
    private final AttributeText attributes;

    CustomerDownload(
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

    /** Returns the response with all customers as CSV, whatever the client accepts. */
    public Response csv(RoutingContext exchange) {
        return of(new QueryParameters(new MultivaluedHashMap<>()), Optional.of(FileFormat.CSV), exchange);
    }

    /**
     * Returns the response with the customers that the parameters ask for.
     *
     * @param accepted the format that the client accepts; {@code format} has precedence
     * @throws ProblemException 400 with every invalid parameter
     */
    Response of(QueryParameters params, Optional<FileFormat> accepted, RoutingContext exchange) {
        var query = CustomerQuery.read(params, identifiers, segments, DEFAULT_SORT);
        var request = ExportRequest.read(params, accepted, query, mapper, attributes);
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
        return response.build();
    }

    /** RFC 9110, section 12.5.3: {@code gzip;q=0} refuses it. */
    private static boolean acceptsGzip(RoutingContext exchange) {
        return exchange.parsedHeaders().acceptEncoding().stream()
                .anyMatch(coding -> coding.value().equalsIgnoreCase(GZIP) && coding.weight() > 0);
    }
}
