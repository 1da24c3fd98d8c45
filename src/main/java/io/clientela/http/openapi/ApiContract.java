package io.clientela.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The query parameters, scopes and methods of each operation, read from the published OpenAPI documents at the start.
 * Requests are checked against them, so the documents and the behaviour cannot differ.
 */
@Startup
@Singleton
public class ApiContract {
    private record Operation(Set<String> queryParameters, Set<String> scopes) {}

    private record Route(Pattern path, long parameters, List<String> methods) {}

    private static final Operation UNKNOWN = new Operation(Set.of(), Set.of());

    private final Map<String, Operation> operations = new HashMap<>();
    private final List<Route> routes = new ArrayList<>();

    ApiContract(OpenApiDocumentService documents, @All List<PublishedApi> others, ObjectMapper mapper) {
        List<String> names = new ArrayList<>(List.of(OpenApiConstants.DEFAULT_DOCUMENT_NAME));
        others.forEach(api -> names.add(api.name()));
        try {
            for (String name : names) {
                var document = mapper.readTree(documents.getDocument(name, Format.JSON));
                document.path("paths").properties().forEach(path -> read(path.getKey(), path.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The OpenAPI documents cannot be read", e);
        }
    }

    /** Returns the query parameters of an operation. Its id is the name of the resource method. */
    public Set<String> queryParameters(String operationId) {
        return operations.getOrDefault(operationId, UNKNOWN).queryParameters();
    }

    /** Returns the scopes that an operation requires. */
    public Set<String> scopes(String operationId) {
        return operations.getOrDefault(operationId, UNKNOWN).scopes();
    }

    /**
     * Returns the methods of a path, in alphabetical order; empty for a path that does not exist. Of several routes,
     * the one with the fewest parameters counts: {@code /customers/me} is not the customer with the id {@code me}.
     */
    public Set<String> methods(String path) {
        return routes.stream()
                .filter(route -> route.path().matcher(path).matches())
                .min(Comparator.comparingLong(Route::parameters))
                .<Set<String>>map(route -> new TreeSet<>(route.methods()))
                .orElse(Set.of());
    }

    private void read(String template, JsonNode path) {
        List<String> methods = new ArrayList<>();
        path.properties().forEach(member -> {
            if (member.getValue().has("operationId")) {
                methods.add(member.getKey().toUpperCase(Locale.ROOT));
                operations.put(member.getValue().path("operationId").asText(), read(member.getValue(), path));
            }
        });
        routes.add(new Route(
                Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+")),
                template.chars().filter(character -> character == '{').count(),
                methods));
    }

    private static Operation read(JsonNode operation, JsonNode path) {
        var parameters = new LinkedHashSet<String>();
        for (JsonNode owner : new JsonNode[] {operation, path}) {
            for (JsonNode parameter : owner.path("parameters")) {
                if ("query".equals(parameter.path("in").asText())) {
                    parameters.add(parameter.path("name").asText());
                }
            }
        }
        var scopes = new LinkedHashSet<String>();
        for (JsonNode requirement : operation.path("security")) {
            for (JsonNode names : requirement) {
                names.forEach(name -> scopes.add(name.asText()));
            }
        }
        return new Operation(parameters, scopes);
    }
}
