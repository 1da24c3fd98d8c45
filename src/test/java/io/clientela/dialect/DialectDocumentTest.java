package io.clientela.dialect;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDialects;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenAPI document of each dialect. */
@QuarkusTest
class DialectDocumentTest extends ApiTest {
    static Set<String> names() {
        return TestDialects.BASE_PATHS.keySet();
    }

    private static JsonPath document(String path) {
        return given().accept("application/json")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @ParameterizedTest
    @MethodSource("names")
    void documentIsValid(String name) {
        var text = given().accept("application/json").get("/q/openapi-" + name).asString();
        var options = new ParseOptions();
        options.setResolve(true);

        var result = new OpenAPIV3Parser().readContents(text, null, options);

        assertThat(result.getMessages()).isNullOrEmpty();
        assertThat(result.getOpenAPI().getServers()).isNotEmpty();
        assertThat(result.getOpenAPI().getComponents().getSecuritySchemes()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void documentHasPathsOfDialectOnly(String name) {
        assertThat(document("/q/openapi-" + name)
                        .<String, Object>getMap("paths")
                        .keySet())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(TestDialects.of(path)).contains(name));
    }

    /** The fields of an example of the API's documentation, and those that it leaves out if they are unknown. */
    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of("voki", "voki/created", "/data", Set.of()),
                Arguments.of("location", "location/created", "/body", Set.of()),
                Arguments.of("aivapad", "aivapad/customer", "", Set.of("notes")),
                Arguments.of("dooki", "dooki/list", "/data/0", Set.of("addresses", "stats", "clusters")),
                Arguments.of("storefront", "storefront/profile", "", Set.of()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void customerHasFieldsOfExample(String name, String example, String pointer, Set<String> optional) {
        var schema = document("/q/openapi-" + name);
        Set<String> fields = new TreeSet<>(ExampleShape.of(example).fields(pointer));

        assertThat(schema.<String>getList("components.schemas.Customer.required"))
                .containsExactlyInAnyOrderElementsOf(fields);
        fields.addAll(optional);
        assertThat(schema.<String, Object>getMap("components.schemas.Customer.properties"))
                .containsOnlyKeys(fields);
    }

    /** As one object, `detail` would have to be both a text and a list of messages. */
    @Test
    void errorsOfVokiAreOfTwoShapes() {
        var schemas = document("/q/openapi-voki");

        assertThat(schemas.<Object>getList("components.schemas.Errors.anyOf")).hasSize(2);
        assertThat(schemas.<Object>get("components.schemas.FieldErrors.properties.errors.properties"))
                .isNull();
        assertThat(schemas.<String>getList("components.schemas.Failure.properties.errors.required"))
                .containsExactly("detail");
    }

    @Test
    void personalDataOfStorefrontHasAnyMembers() {
        assertThat(document("/q/openapi-storefront")
                        .<Object>get("paths.'/api/customers/me/data-export'.get.responses.'200'.content"
                                + ".'application/json'.schema.additionalProperties"))
                .isEqualTo(true);
    }

    @Test
    void ownDocumentHasNoDialects() {
        var document = document("/q/openapi");

        assertThat(document.<String, Object>getMap("paths").keySet())
                .allSatisfy(path -> assertThat(path).startsWith("/v1/"));
        assertThat(document.<String, Object>getMap("components.schemas").keySet())
                .noneMatch(schema -> names().stream().anyMatch(name -> schema.toLowerCase(java.util.Locale.ROOT)
                        .startsWith(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyOperationIsDescribed(String name) {
        document("/q/openapi-" + name)
                .<String, Map<String, Map<String, Object>>>getMap("paths")
                .forEach((path, operations) -> operations.forEach((method, operation) -> {
                    assertThat(operation)
                            .as("%s %s", method, path)
                            .containsKeys("operationId", "summary", "description", "security");
                    assertThat(((Map<?, ?>) operation.get("responses")).keySet().toString())
                            .as("%s %s", method, path)
                            .contains("20", "default");
                    @SuppressWarnings("unchecked")
                    var parameters = (List<Map<String, Object>>) operation.getOrDefault("parameters", List.of());
                    assertThat(parameters)
                            .allMatch(parameter -> parameter.containsKey("$ref")
                                    || (parameter.containsKey("schema") && parameter.containsKey("description")));
                }));
    }
}
