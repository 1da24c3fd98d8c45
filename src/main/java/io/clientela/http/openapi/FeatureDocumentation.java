package io.clientela.http.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import io.smallrye.openapi.api.util.MergeUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/**
 * Adds to the document of the service's own API what the classes do not say, from one file for each tag:
 * {@code META-INF/openapi/<tag>.yaml}, with hyphens for spaces.
 *
 * <p>SmallRye itself merges such files, but lets what it derives from the classes win, even a mere {@code OK}. Here the
 * files win.
 */
@OpenApiFilter(
        stages = OpenApiFilter.RunStage.BUILD,
        documentNames = OpenApiFilter.DEFAULT_DOCUMENT_NAME,
        priority = FeatureDocumentation.FIRST)
public class FeatureDocumentation implements OASFilter {
    /** Before the filters that complete every operation. */
    static final int FIRST = 100;

    private static final String OWN_PATHS = "/v1/";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        removeOtherApis(document);
        for (Tag tag : document.getTags()) {
            var feature = read("/META-INF/openapi/"
                    + tag.getName().toLowerCase(Locale.ROOT).replace(' ', '-') + ".yaml");
            feature.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                    .forEach((method, operation) -> {
                        operation.addTag(tag.getName());
                        makeRoom(operation, derived(document, path, method));
                    }));
            MergeUtil.merge(document, feature);
        }
    }

    private static void removeOtherApis(OpenAPI document) {
        List.copyOf(document.getPaths().getPathItems().keySet()).stream()
                .filter(path -> !path.startsWith(OWN_PATHS))
                .forEach(document.getPaths()::removePathItem);
    }

    /** Returns a file of descriptions. */
    static OpenAPI read(String file) {
        try (InputStream content = FeatureDocumentation.class.getResourceAsStream(file)) {
            if (content == null) {
                throw new IllegalStateException("Every tag and every other API needs a file: there is no " + file);
            }
            return SmallRyeOpenAPI.builder()
                    .withCustomStaticFile(() -> content)
                    .enableModelReader(false)
                    .enableStandardStaticFiles(false)
                    .enableAnnotationScan(false)
                    .enableStandardFilter(false)
                    .defaultRequiredProperties(false)
                    .build()
                    .model();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Returns the operation that was derived from the classes. */
    static Operation derived(OpenAPI document, String path, HttpMethod method) {
        PathItem item = document.getPaths().getPathItem(path);
        var operations = item == null ? Map.<HttpMethod, Operation>of() : item.getOperations();
        if (!operations.containsKey(method)) {
            throw new IllegalStateException("There is no operation " + method + " " + path);
        }
        return operations.get(method);
    }

    /**
     * Removes the body that is derived from {@code byte[]}, and presumed responses that the operation does not have.
     */
    private static void makeRoom(Operation described, Operation derived) {
        if (described.getRequestBody() != null) {
            derived.setRequestBody(null);
        }
        for (String status :
                List.copyOf(derived.getResponses().getAPIResponses().keySet())) {
            if (!described.getResponses().hasAPIResponse(status)) {
                derived.getResponses().removeAPIResponse(status);
            }
        }
    }
}
