package io.clientela.http.openapi;

import io.quarkus.security.PermissionsAllowed;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.IndexView;

/** Completes every operation: its scopes, from {@link PermissionsAllowed}, and the parameters that many share. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, documentNames = OpenApiFilter.FILTER_RUN_FOR_ANY_DOCUMENT)
public class SharedDocumentation implements OASFilter {
    private final Map<String, List<String>> scopes = new HashMap<>();

    /** Reads the scopes of the resource methods, whose names are the ids of the operations. */
    public SharedDocumentation(IndexView classes) {
        for (var required : classes.getAnnotations(PermissionsAllowed.class)) {
            if (required.target().kind() == AnnotationTarget.Kind.METHOD) {
                scopes.put(
                        required.target().asMethod().name(),
                        List.of(required.value().asStringArray()));
            }
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var components = document.getComponents();
        var schemes = components.getSecuritySchemes().keySet();
        var shared = components.getParameters() == null ? Map.<String, Parameter>of() : components.getParameters();
        document.getPaths().getPathItems().values().forEach(path -> path.getOperations()
                .values()
                .forEach(operation -> {
                    requireScopes(operation, schemes);
                    if (operation.getParameters() != null) {
                        operation.getParameters().forEach(parameter -> complete(parameter, shared));
                    }
                }));
        components.setParameters(null);
    }

    private void requireScopes(Operation operation, Set<String> schemes) {
        var required = scopes.get(operation.getOperationId());
        if (required == null) {
            operation.setSecurity(List.of());
            return;
        }
        var all = OASFactory.createSecurityRequirement();
        schemes.forEach(scheme -> all.addScheme(scheme, required));
        operation.setSecurity(List.of(all));
    }

    private static void complete(Parameter parameter, Map<String, Parameter> shared) {
        if (parameter.getDescription() == null && shared.containsKey(parameter.getName())) {
            var description = shared.get(parameter.getName());
            parameter.setDescription(description.getDescription());
            parameter.setExample(description.getExample());
            if (parameter.getSchema() == null) {
                parameter.setSchema(description.getSchema());
            }
        }
    }
}
