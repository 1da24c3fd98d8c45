package io.clientela.kubernetes;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts ask for metrics and labels that the service has. */
@QuarkusTest
class MonitoringTest extends ApiTest {
    private static final Path MONITORING = Path.of("k8s/components/monitoring");

    /** A metric with matchers of labels, as in {@code up{job="clientela"}}. */
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{([^}]*)}");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    /** Of Prometheus itself, and of the kubelet. */
    private static final Set<String> FOREIGN = Set.of("up", "container_memory_working_set_bytes");

    /** The labels that Prometheus adds to each metric of a pod. */
    private static final Set<String> OF_POD = Set.of("job", "namespace", "pod");

    /** The labels of each metric of the service. */
    private final Map<String, Set<String>> metrics = new HashMap<>();

    private record Selector(String metric, Set<String> labels) {}

    @BeforeEach
    void readMetrics() {
        var tenant = TestTenant.fresh();
        // Series of passwords begin with the first one.
        var customer = tenant.create("{\"name\":\"Jane\",\"email\":\"jane@example.com\"}")
                .getString("id");
        tenant.json("{\"new_password\":\"correct horse battery\"}")
                .put("/v1/customers/" + customer + "/password")
                .then()
                .statusCode(204);
        tenant.call().get("/v1/customers/export?format=csv").then().statusCode(200);
        tenant.call().get("/v1/customers/analytics/overview").then().statusCode(200);
        given().accept("text/plain")
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> metrics.computeIfAbsent(line.split("[{ ]")[0], name -> new HashSet<>(OF_POD))
                        .addAll(labels(line)));
    }

    private static Set<String> labels(String text) {
        return groups(MATCHER, text).collect(toSet());
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }

    private static List<Selector> selectors(String expression) {
        return SELECTOR.matcher(expression)
                .results()
                .map((MatchResult found) -> new Selector(found.group(1), labels(found.group(2))))
                .toList();
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(Files.readString(MONITORING.resolve("clientela.json")));
    }

    private static List<JsonNode> panels() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        dashboard().get("panels").forEach(panels::add);
        return panels;
    }

    /** The expressions of the panels, of the dashboard's variables, and of the alerts. */
    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : panels()) {
            panel.path("targets")
                    .forEach(target -> expressions.add(target.get("expr").asText()));
        }
        dashboard()
                .at("/templating/list")
                .forEach(variable -> expressions.add(variable.at("/query/query").asText()));
        var rules = StrictYaml.documents(Files.readString(MONITORING.resolve("prometheusrule.yaml")))
                .get(0);
        rules.at("/spec/groups").forEach(group -> group.get("rules")
                .forEach(rule -> expressions.add(rule.get("expr").asText())));
        expressions.removeIf(String::isEmpty);
        return expressions;
    }

    /** Metrics of imports exist when imports do. */
    private static boolean isExpected(String metric) {
        return !FOREIGN.contains(metric) && (hasImports() || !metric.startsWith("clientela_imports_"));
    }

    private static boolean hasImports() {
        return given().accept("application/json").get("/q/openapi").asString().contains("\"/v1/imports\"");
    }

    @Test
    void everyMetricExistsWithItsLabels() throws IOException {
        assertThat(expressions()).hasSizeGreaterThan(25).allSatisfy(expression -> {
            assertThat(selectors(expression)).isNotEmpty();
            for (Selector selector : selectors(expression)) {
                if (isExpected(selector.metric())) {
                    assertThat(metrics).containsKey(selector.metric());
                    assertThat(metrics.get(selector.metric()))
                            .as(selector.metric())
                            .containsAll(selector.labels());
                }
            }
        });
    }

    @Test
    void everyGroupingIsByLabelsOfItsMetrics() throws IOException {
        assertThat(expressions()).allSatisfy(expression -> {
            var selectors = selectors(expression);
            if (selectors.stream().allMatch(selector -> isExpected(selector.metric()))) {
                var grouping = groups(GROUPING, expression)
                        .flatMap(labels -> Arrays.stream(labels.split(", ?")))
                        .toList();
                assertThat(selectors).allSatisfy(selector -> assertThat(metrics.get(selector.metric()))
                        .containsAll(grouping));
            }
        });
    }

    @Test
    void everyLegendNamesLabelsThatItsSeriesHave() throws IOException {
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                var expression = target.get("expr").asText();
                var grouping = groups(GROUPING, expression).findFirst();
                var series = grouping.map(labels -> Set.of(labels.split(", ?")))
                        .orElseGet(() -> metrics.getOrDefault(
                                selectors(expression).get(0).metric(), OF_POD));
                var legend = target.get("legendFormat").asText();

                assertThat(series).as(legend).containsAll(groups(LEGEND, legend).toList());
            }
        }
    }

    @Test
    void everyMetricOfTheServiceIsShown() throws IOException {
        var shown = expressions().stream()
                .flatMap(expression -> selectors(expression).stream())
                .map(selector -> withoutFigure(selector.metric()))
                .collect(toSet());

        assertThat(metrics.keySet().stream()
                        .filter(metric -> metric.startsWith("clientela_"))
                        .map(MonitoringTest::withoutFigure))
                .isNotEmpty()
                .isSubsetOf(shown);
    }

    /** A timer has several metrics; one of them will do. */
    private static String withoutFigure(String metric) {
        return metric.replaceFirst("_(?:bucket|count|max|sum)$", "");
    }

    @Test
    void panelsDoNotOverlapAndHaveIdsOfTheirOwn() throws IOException {
        Set<String> cells = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : panels()) {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            var position = panel.get("gridPos");
            for (int x = 0; x < position.get("w").asInt(); x++) {
                for (int y = 0; y < position.get("h").asInt(); y++) {
                    assertThat(cells.add((position.get("x").asInt() + x) + "/"
                                    + (position.get("y").asInt() + y)))
                            .as(panel.get("title").asText())
                            .isTrue();
                }
            }
        }
    }
}
