package io.clientela.http.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Completes what many operations share: the parameters of paths and headers, and the schema of text parameters. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class SharedDocumentation implements OASFilter {
    /** What the platform adds to the one scheme that the operations use. */
    private static final String UNUSED_SCHEME = "SecurityScheme";

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "id", "The id of the customer or cluster that the path begins with.",
            "customer_id", "The customer's id.",
            "address_id", "The address's id.",
            "call_id", "The call's id.",
            "order_id", "The order's id.",
            "merge_id", "The merge's id.",
            "Idempotency-Key", "Up to 255 printable ASCII characters, quoted or bare.");

    @Override
    public Parameter filterParameter(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(DESCRIPTIONS.get(parameter.getName()));
        }
        if (parameter.getSchema() == null && parameter.getContent() == null && parameter.getRef() == null) {
            parameter.setSchema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
        }
        return parameter;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().removeSecurityScheme(UNUSED_SCHEME);
    }
}
