package io.clientela.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Documents the parameters that {@link PageRequest} reads, and the links, for each operation that returns a
 * {@link Page}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class PageDocumentation implements OASFilter {
    private static final String META = "#/components/schemas/PageMeta";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().values().forEach(path -> path.getOperations().values().stream()
                .filter(operation -> isPaged(operation, document.getComponents()))
                .forEach(PageDocumentation::complete));
    }

    private static boolean isPaged(Operation operation, Components components) {
        var response = operation.getResponses().getAPIResponse("200");
        if (response == null || response.getContent() == null) {
            return false;
        }
        return response.getContent().getMediaTypes().values().stream()
                .map(media -> resolved(media.getSchema(), components))
                .anyMatch(PageDocumentation::isPage);
    }

    private static boolean isPage(Schema schema) {
        var meta = schema == null || schema.getProperties() == null
                ? null
                : schema.getProperties().get("meta");
        return meta != null && META.equals(meta.getRef());
    }

    private static Schema resolved(Schema schema, Components components) {
        return schema == null || schema.getRef() == null
                ? schema
                : components
                        .getSchemas()
                        .get(schema.getRef().substring(schema.getRef().lastIndexOf('/') + 1));
    }

    private static void complete(Operation operation) {
        operation.addParameter(parameter("page", "The page's number, from 1.", number(PageRequest.MAX_PAGE, 1)));
        operation.addParameter(parameter(
                "page_size", "How many entries a page holds.", number(PageRequest.MAX_SIZE, PageRequest.DEFAULT_SIZE)));
        operation.addParameter(parameter(
                "cursor",
                "The `next_cursor` of a page, unchanged, with the same order and filters. The result starts after that"
                        + " page, whatever was added or removed in between. Cannot be combined with `page`.",
                OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
        operation.addParameter(parameter(
                "count",
                "`none` omits the totals, which is faster on large lists.",
                OASFactory.createSchema()
                        .addType(Schema.SchemaType.STRING)
                        .enumeration(List.of("exact", "none"))
                        .defaultValue("exact")));
        operation
                .getResponses()
                .getAPIResponse("200")
                .addHeader(
                        "Link",
                        OASFactory.createHeader()
                                .description("first, prev, next, last (RFC 8288)")
                                .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
    }

    private static Schema number(int max, int fallback) {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.INTEGER)
                .minimum(BigDecimal.ONE)
                .maximum(BigDecimal.valueOf(max))
                .defaultValue(fallback);
    }

    private static Parameter parameter(String name, String description, Schema schema) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .description(description)
                .schema(schema);
    }
}
