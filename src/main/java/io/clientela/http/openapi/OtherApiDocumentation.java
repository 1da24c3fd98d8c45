package io.clientela.http.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;

/**
 * Makes the document of an API beside the service's own: it is {@code META-INF/openapi/dialects/<name>.yaml}, with the
 * operations' ids from the classes. Scopes are added by {@link SharedDocumentation}.
 *
 * <p>A subclass needs {@code @OpenApiFilter(documentNames = <name>, priority = OtherApiDocumentation.FIRST)}, and must
 * itself implement {@link OASFilter}, by which the platform finds it.
 */
public abstract class OtherApiDocumentation implements OASFilter {
    /** Before the filters that complete every operation. */
    public static final int FIRST = FeatureDocumentation.FIRST;

    /** The response of a file for whatever is rejected, which every operation has. */
    private static final String ERROR = "#/components/responses/Error";

    private final String name;
    private final String basePath;

    /**
     * Creates the filter of an API's document.
     *
     * @param name that of {@link PublishedApi#name()}
     * @param basePath that of {@link PublishedApi#basePath()}
     */
    protected OtherApiDocumentation(String name, String basePath) {
        this.name = name;
        this.basePath = basePath;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var described = FeatureDocumentation.read("/META-INF/openapi/dialects/" + name + ".yaml");
        requireAllDescribed(document, described);
        described.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) ->
                        complete(operation, FeatureDocumentation.derived(document, path, method))));
        document.setInfo(described.getInfo());
        document.setServers(described.getServers());
        document.setTags(described.getTags());
        document.setPaths(described.getPaths());
        document.setComponents(described.getComponents());
    }

    private void complete(Operation described, Operation derived) {
        described.setOperationId(derived.getOperationId());
        described.setTags(List.of(name));
        described.getResponses().setDefaultValue(OASFactory.createAPIResponse().ref(ERROR));
    }

    private void requireAllDescribed(OpenAPI document, OpenAPI described) {
        document.getPaths().getPathItems().forEach((path, item) -> {
            boolean isHere = path.startsWith(basePath + "/");
            var known = described.getPaths().getPathItem(path);
            if (isHere
                    && (known == null
                            || !known.getOperations()
                                    .keySet()
                                    .containsAll(item.getOperations().keySet()))) {
                throw new IllegalStateException(name + ".yaml does not describe all operations of " + path);
            }
        });
    }
}
