package io.clientela.support;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dialects that the service has, for tests of what all APIs have in common. */
public final class TestDialects {
    /** The paths that those of a dialect begin with, by its name. */
    public static final Map<String, String> BASE_PATHS = new LinkedHashMap<>();

    static {
        BASE_PATHS.put("voki", "/api/v1");
        BASE_PATHS.put("location", "/api/location/v1");
        BASE_PATHS.put("aivapad", "/api/external/v1");
        BASE_PATHS.put("dooki", "/v2");
        BASE_PATHS.put("storefront", "/api/customers");
    }

    /** The dialects whose ids are the customers' numbers. */
    private static final Set<String> NUMBERED = Set.of("dooki", "storefront");

    /** The dialects in which no customer can be created. */
    private static final Set<String> READING = Set.of("dooki", "storefront");

    private TestDialects() {}

    /** Returns the paths of all OpenAPI documents. */
    public static List<String> documents() {
        return Stream.concat(
                        Stream.of("/q/openapi"), BASE_PATHS.keySet().stream().map(name -> "/q/openapi-" + name))
                .toList();
    }

    /** Returns the name of the dialect that a path belongs to; empty for the service's own API. */
    public static Optional<String> of(String path) {
        return BASE_PATHS.entrySet().stream()
                .filter(dialect -> path.equals(dialect.getValue()) || path.startsWith(dialect.getValue() + "/"))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Returns the code of a rejection, which problem documents have in the body. */
    public static String code(Response response) {
        var header = response.header("X-Problem-Code");
        return header == null ? response.path("code") : header;
    }

    /** Returns the status for a token that is missing or not valid. */
    public static int unauthenticated(String path) {
        return of(path).filter("aivapad"::equals).isPresent() ? 403 : 401;
    }

    /** Returns the path of a dialect's customers, for a tenant. */
    public static String customers(String name, String tenant) {
        return customer(name).replaceFirst("/\\{\\w+}$", "").replace("{alias}", tenant);
    }

    /** Returns the path of a customer in the document of a dialect. */
    public static String customer(String name) {
        return switch (name) {
            case "storefront" -> BASE_PATHS.get(name) + "/{customer_id}";
            case "dooki" -> BASE_PATHS.get(name) + "/{alias}/customers/{id}";
            default -> BASE_PATHS.get(name) + "/customers/{id}";
        };
    }

    /** Returns the dialects in which customers can be created. */
    public static Set<String> creating() {
        return BASE_PATHS.keySet().stream()
                .filter(name -> !READING.contains(name))
                .collect(Collectors.toSet());
    }

    /** Returns what a path of a dialect has for a customer's id. */
    public static String id(String name, JsonPath customer) {
        return customer.getString(NUMBERED.contains(name) ? "number" : "id");
    }

    /** Returns the status for a parameter or header that is not valid. */
    public static int invalidParameter(String path) {
        return isStorefront(path) ? 422 : 400;
    }

    /** Returns the status for an id in a path that is none. */
    public static int malformedId(String path) {
        return isStorefront(path) ? 422 : 404;
    }

    private static boolean isStorefront(String path) {
        return of(path).filter("storefront"::equals).isPresent();
    }

    /** Returns a body that creates or changes a customer by a path. */
    public static String customerBody(String path, String name) {
        var customer = "{\"name\":\"" + name + "\"}";
        return switch (of(path).orElse("")) {
            case "voki" -> "{\"customer\":" + customer + "}";
            case "aivapad" -> "{\"name\":\"" + name + "\",\"email\":\"x@example.com\"}";
            case "storefront" -> "{\"first_name\":\"" + name + "\"}";
            default -> customer;
        };
    }

    /** Returns a body that upserts a customer by a path. */
    public static String upsertBody(String path, String name) {
        var identifier = of(path).isEmpty() ? "\"external_id\":\"x\"" : "\"email\":\"x@example.com\"";
        return "{\"name\":\"" + name + "\"," + identifier + "}";
    }
}
