package io.clientela.http.openapi;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.http.problem.ProblemCode;
import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class OpenApiTest extends ApiTest {
    private static JsonPath document() {
        return given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void everyOperationHasIdSummaryAndProblems() {
        Set<String> ids = new HashSet<>();
        document()
                .<String, Map<String, Map<String, Object>>>getMap("paths")
                .forEach((path, operations) -> operations.forEach((method, operation) -> {
                    assertThat(ids.add((String) operation.get("operationId")))
                            .as(method + " " + path)
                            .isTrue();
                    assertThat((String) operation.get("summary")).isNotBlank();
                    assertThat((String) operation.get("description"))
                            .as(method + " " + path)
                            .isNotBlank();
                    assertThat((List<?>) operation.get("tags")).isNotEmpty();
                    assertThat(((Map<?, ?>) operation.get("responses")).keySet().toString())
                            .contains("401", "403", "500");
                }));
    }

    @Test
    void documentIsValid() {
        var text = given().accept("application/json").get("/q/openapi").asString();
        var options = new ParseOptions();
        options.setResolve(true);

        var result = new OpenAPIV3Parser().readContents(text, null, options);

        assertThat(result.getMessages()).isNullOrEmpty();
        assertThat(result.getOpenAPI().getServers()).isNotEmpty();
        assertThat(result.getOpenAPI().getInfo().getContact()).isNotNull();
        assertThat(result.getOpenAPI().getComponents().getSecuritySchemes()).containsOnlyKeys("bearer");
    }

    @Test
    void everyParameterHasSchemaAndDescription() {
        document()
                .<String, Map<String, Map<String, Object>>>getMap("paths")
                .forEach((path, operations) -> operations.forEach((method, operation) -> {
                    @SuppressWarnings("unchecked")
                    var parameters = (List<Map<String, Object>>) operation.getOrDefault("parameters", List.of());
                    parameters.forEach(parameter -> assertThat(parameter)
                            .as("%s of %s %s", parameter.get("name"), method, path)
                            .containsKeys("schema", "description"));
                }));
    }

    @Test
    void everyProblemCodeIsDocumented() {
        assertThat(document().<String>getList("components.schemas.Problem.properties.code.enum"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::code)
                        .toList());
        assertThat(document().getString("components.responses.Problem409.description"))
                .contains("`duplicate_customer`");
    }

    @Test
    void customerReadsDocumentRedirect() {
        document().<String, Map<String, Map<String, Object>>>getMap("paths").forEach((path, operations) -> {
            boolean redirects = path.startsWith("/v1/customers/{id}") && !path.endsWith("/history");
            if (redirects && operations.containsKey("get")) {
                assertThat(((Map<?, ?>) operations.get("get").get("responses"))
                                .keySet()
                                .toString())
                        .as(path)
                        .contains("200", "307");
            }
        });
    }

    @Test
    void schemasHaveWireNames() {
        assertThat(document().<String, Object>getMap("components.schemas.Customer.properties"))
                .containsKeys("external_id", "document_valid", "created_at")
                .doesNotContainKey("externalId");
        assertThat(document().<String, Object>getMap("components.schemas.Preferences.properties"))
                .containsKeys("order_updates", "newsletter");
        assertThat(document().<String, Object>getMap("components.schemas.PageMeta.properties"))
                .containsKeys("next_cursor", "total_count");
        assertThat(document().<String, Object>getMap("components.schemas").keySet())
                .doesNotContain("ObjectNode", "JsonNode");
    }

    @Test
    void pagedOperationsHavePageParametersOnce() {
        var paged = List.of(
                "listCustomers",
                "getCustomerHistory",
                "listConsents",
                "listOwnConsents",
                "listAddresses",
                "listCalls",
                "listOrders",
                "listOwnAddresses",
                "listOwnOrders",
                "listClusters",
                "listApiKeys",
                "listApiKeyEvents",
                "listWebhooks",
                "listWebhookDeliveries",
                "listMerges",
                "listImports",
                "listImportErrors",
                "listDuplicates",
                "listDuplicateGroups",
                "listCustomerDuplicates");
        document()
                .<String, Map<String, Map<String, Object>>>getMap("paths")
                .values()
                .forEach(operations -> operations.values().forEach(operation -> {
                    @SuppressWarnings("unchecked")
                    var parameters = ((List<Map<String, Object>>) operation.getOrDefault("parameters", List.of()))
                            .stream().map(parameter -> parameter.get("name")).toList();
                    var expected = paged.contains(operation.get("operationId")) ? 1 : 0;
                    for (String name : List.of("page", "page_size", "cursor", "count")) {
                        assertThat(parameters.stream().filter(name::equals))
                                .as("%s of %s", name, operation.get("operationId"))
                                .hasSize(expected);
                    }
                }));
    }

    @Test
    void documentedPageBoundsAreEnforced() {
        var tenant = TestTenant.fresh();
        for (String name : List.of("page", "page_size")) {
            int maximum = document()
                    .getInt("paths.'/v1/customers'.get.parameters.find { it.name == '" + name + "' }.schema.maximum");

            tenant.call().get(CUSTOMERS + "?" + name + "=" + maximum).then().statusCode(200);
            tenant.call()
                    .get(CUSTOMERS + "?" + name + "=" + (maximum + 1))
                    .then()
                    .statusCode(400);
        }
    }

    /** A field that is described in META-INF/openapi, but that no class has, would have no type. */
    @Test
    void everyFieldHasType() {
        var anyJson = List.of("MergeConflict.kept", "MergeCandidate.value");
        document()
                .<String, Map<String, Map<String, Map<String, Object>>>>getMap("components.schemas")
                .forEach((name, schema) -> schema.getOrDefault("properties", Map.of())
                        .forEach((field, description) -> {
                            if (!anyJson.contains(name + "." + field)) {
                                assertThat(description.keySet())
                                        .as(name + "." + field)
                                        .containsAnyOf("type", "$ref", "allOf", "anyOf");
                            }
                        }));
    }

    @Test
    void fieldsThatAreNotRequiredMayBeNull() {
        assertThat(document().<String>getList("components.schemas.Address.properties.city.type"))
                .containsExactlyInAnyOrder("string", "null");
        assertThat(document().<Object>getList("components.schemas.CallInput.properties.direction.anyOf"))
                .contains(Map.of("type", "null"));
        assertThat(document().<Object>get("components.schemas.Customer.properties.id.$ref"))
                .isEqualTo("#/components/schemas/UUID");
    }

    @Test
    void attributesMayHaveAnyMembers() {
        assertThat(document()
                        .<Object>get("components.schemas.CustomerInput.properties.attributes.additionalProperties"))
                .isEqualTo(true);
    }

    /** What a schema is of that no operation uses was not meant for the document. */
    @Test
    void everySchemaIsUsed() {
        var text = given().accept("application/json").get("/q/openapi").asString();

        assertThat(document().<String, Object>getMap("components.schemas").keySet())
                .allMatch(name -> text.contains("\"#/components/schemas/" + name + "\""));
    }

    /** A body without a schema would be of no known type in a generated client. */
    @ParameterizedTest
    @MethodSource("io.clientela.support.TestDialects#documents")
    void everyBodyHasSchema(String path) throws IOException {
        var text = given().accept("application/json").get(path).asString();

        var bodies = new ObjectMapper().readTree(text).findValues("content");

        assertThat(bodies).isNotEmpty().allSatisfy(body -> assertThat(body)
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.path("schema").isEmpty()).isFalse()));
    }

    @Test
    void customerSchemaHasIncludes() {
        assertThat(document().<String, Object>getMap("components.schemas.Customer.properties"))
                .containsKeys("addresses", "stats", "clusters", "calls", "orders")
                .doesNotContainKey("included");
        assertThat(document().<String, Object>getMap("components.schemas.CustomerStats.properties"))
                .containsKeys("avg_order_value", "first_order_date");
        assertThat(document().<String, Object>getMap("components.schemas.Address.properties"))
                .containsKeys("is_default", "postal_code")
                .doesNotContainKeys("default", "isDefault");
    }

    @Test
    void patchAcceptsBothMediaTypes() {
        assertThat(document()
                        .<String, Object>getMap("paths.'/v1/customers/{id}/calls/{call_id}'.patch.requestBody.content")
                        .keySet())
                .containsExactlyInAnyOrder("application/merge-patch+json", "application/json");
    }

    @Test
    void securitySchemeIsBearer() {
        assertThat(document().<Object>get("components.securitySchemes.bearer.scheme"))
                .isEqualTo("bearer");
    }
}
