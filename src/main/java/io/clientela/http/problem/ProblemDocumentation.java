package io.clientela.http.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds the problem responses of every operation, and the codes, to the OpenAPI document: {@link ProblemCode}. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, documentNames = OpenApiFilter.DEFAULT_DOCUMENT_NAME)
public class ProblemDocumentation implements OASFilter {
    private static final List<Integer> ALWAYS = List.of(400, 401, 403, 406, 414, 429, 431, 500, 503);
    private static final List<Integer> WITH_ID = List.of(404);
    private static final List<Integer> WITH_BODY = List.of(408, 413, 415, 422);
    private static final List<Integer> WRITES = List.of(409, 412);
    private static final List<Integer> WITH_IDEMPOTENCY_KEY = List.of(410);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<Integer, List<ProblemCode>> byStatus = Arrays.stream(ProblemCode.values())
                .collect(Collectors.groupingBy(ProblemCode::status, TreeMap::new, Collectors.toList()));
        var components = document.getComponents();
        var code = components.getSchemas().get("Problem").getProperties().get("code");
        Arrays.stream(ProblemCode.values()).forEach(value -> code.addEnumeration(value.code()));
        byStatus.forEach((status, codes) -> components.addResponse("Problem" + status, response(codes)));
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> addProblems(path, method, operation)));
    }

    private static void addProblems(String path, PathItem.HttpMethod method, Operation operation) {
        add(operation, ALWAYS);
        if (path.contains("{")) {
            add(operation, WITH_ID);
        }
        if (operation.getRequestBody() != null) {
            add(operation, WITH_BODY);
        }
        if (method != PathItem.HttpMethod.GET) {
            add(operation, WRITES);
        }
        if (hasIdempotencyKey(operation)) {
            add(operation, WITH_IDEMPOTENCY_KEY);
        }
    }

    private static boolean hasIdempotencyKey(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> "Idempotency-Key".equals(parameter.getName()));
    }

    /** Adds problems, apart from those that the operation describes itself. */
    private static void add(Operation operation, List<Integer> statuses) {
        var responses = operation.getResponses();
        for (int status : statuses) {
            var name = String.valueOf(status);
            if (!responses.hasAPIResponse(name)) {
                responses.addAPIResponse(
                        name, OASFactory.createAPIResponse().ref("#/components/responses/Problem" + status));
            }
        }
    }

    private static APIResponse response(List<ProblemCode> codes) {
        var description = codes.stream()
                .map(code -> "`" + code.code() + "`: " + code.title() + ".")
                .collect(Collectors.joining(" "));
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                ProblemDocument.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }
}
