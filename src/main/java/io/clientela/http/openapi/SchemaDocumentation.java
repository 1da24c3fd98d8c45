package io.clientela.http.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Completes the schemas of the service's own API, by which clients are generated: a field that is not required may be
 * null, and an object without properties may have any.
 */
@OpenApiFilter(
        stages = OpenApiFilter.RunStage.BUILD,
        documentNames = OpenApiFilter.DEFAULT_DOCUMENT_NAME,
        priority = SchemaDocumentation.AFTER_FEATURES)
public class SchemaDocumentation implements OASFilter {
    static final int AFTER_FEATURES = FeatureDocumentation.FIRST - 1;

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().getSchemas().values().forEach(SchemaDocumentation::complete);
    }

    private static void complete(Schema schema) {
        if (schema.getProperties() == null) {
            return;
        }
        var required = schema.getRequired() == null ? List.<String>of() : schema.getRequired();
        Map.copyOf(schema.getProperties()).forEach((name, property) -> {
            if (isFreeObject(property)) {
                property.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(true));
            }
            if (!required.contains(name)) {
                allowNull(property);
            }
        });
    }

    private static boolean isFreeObject(Schema schema) {
        return hasType(schema, SchemaType.OBJECT)
                && schema.getProperties() == null
                && schema.getAdditionalPropertiesSchema() == null;
    }

    private static boolean hasType(Schema schema, SchemaType type) {
        return schema.getType() != null && schema.getType().contains(type);
    }

    /** A schema without a type allows null anyway, and what others include is absent rather than null. */
    private static void allowNull(Schema schema) {
        if (schema.getRef() != null) {
            var referenced = OASFactory.createSchema().ref(schema.getRef());
            schema.setRef(null);
            schema.setAnyOf(List.of(referenced, OASFactory.createSchema().addType(SchemaType.NULL)));
        } else if (schema.getType() != null && !hasType(schema, SchemaType.NULL)) {
            schema.addType(SchemaType.NULL);
            if (schema.getEnumeration() != null) {
                var values = new ArrayList<>(schema.getEnumeration());
                values.add(null);
                schema.setEnumeration(values);
            }
        }
    }
}
