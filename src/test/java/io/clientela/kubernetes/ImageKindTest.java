package io.clientela.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of image is deployed under a tag that the workflow publishes and with the memory that it needs. */
class ImageKindTest {
    private static final Path ROOT = Path.of("k8s");
    private static final String IMAGE = "ghcr.io/clientela/clientela";
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** Above the resident set that was measured for each (docs/operations.md, docs/native.md). */
    private static final Map<String, Quantity> LEAST_MEMORY =
            Map.of("native", Quantity.parse("192Mi"), "jvm", Quantity.parse("640Mi"));

    @ParameterizedTest
    @MethodSource("kinds")
    void componentOfKindHasPublishedTag(String kind) throws IOException {
        var tag = tag(component(kind));

        assertThat(ImageWorkflow.read().publishes(kind, tag)).as(tag).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void documentedPinIsPublishedTag(String kind) throws IOException {
        var documentation = Files.readString(ROOT.resolve("README.md"));

        assertThat(documentation).contains("sha-<commit>-" + kind);
        assertThat(ImageWorkflow.read().publishes(kind, "sha-" + COMMIT + "-" + kind))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "latest", "latest-jvm", "sha-0123456-native", "sha-" + COMMIT})
    void tagOfNoNativeImageIsNotPublished(String tag) throws IOException {
        assertThat(ImageWorkflow.read().publishes("native", tag)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void componentOfKindHasEnoughMemory(String kind) throws IOException {
        var containers = containers(component(kind));

        assertThat(containers).containsOnlyKeys("clientela", "migrate");
        assertThat(containers).allSatisfy((name, container) -> {
            var limit = Quantity.parse(container.at("/resources/limits/memory").asText());
            assertThat(limit.getNumericalAmount())
                    .isGreaterThanOrEqualTo(LEAST_MEMORY.get(kind).getNumericalAmount());
            assertThat(container.at("/resources/requests/memory")).isEqualTo(container.at("/resources/limits/memory"));
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void movingTagIsPulledAtEachStart(String kind) throws IOException {
        var component = component(kind);

        assertThat(tag(component)).startsWith("latest-");
        assertThat(containers(component))
                .allSatisfy((name, container) ->
                        assertThat(container.get("imagePullPolicy").asText()).isEqualTo("Always"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void overlayHasOneKindAndNoOtherTag(String overlay) throws IOException {
        var kustomization = read(ROOT.resolve("overlays").resolve(overlay));
        var components = kustomization.components();

        assertThat(kinds().stream().filter(kind -> components.contains("../../components/" + kind)))
                .hasSize(1);
        assertThat(kustomization.images()).isEmpty();
    }

    @Test
    void baseLeavesTagAndMemoryToComponents() throws IOException {
        assertThat(read(ROOT.resolve("base")).images()).isEmpty();
        assertThat(Files.readString(ROOT.resolve("base/deployment.yaml"))).doesNotContain("memory: ");
    }

    /** So that a body which the service would take is not refused by the proxy, and no larger one reaches it. */
    @Test
    void ingressTakesBodiesThatServiceTakes() throws IOException {
        var ingress = StrictYaml.documents(Files.readString(ROOT.resolve("overlays/prod/ingress.yaml")))
                .get(0);
        var service = Files.readString(ROOT.resolve("base/clientela.env"));

        var proxied = ingress.at("/metadata/annotations/nginx.ingress.kubernetes.io~1proxy-body-size");

        assertThat(service)
                .contains(
                        "QUARKUS_HTTP_LIMITS_MAX_BODY_SIZE=" + proxied.asText().toUpperCase(Locale.ROOT) + "\n");
    }

    private static List<String> kinds() throws IOException {
        return ImageWorkflow.read().kinds();
    }

    private static Kustomization component(String kind) throws IOException {
        return read(ROOT.resolve("components").resolve(kind));
    }

    private static Kustomization read(Path directory) throws IOException {
        return StrictYaml.kustomization(Files.readString(directory.resolve("kustomization.yaml")));
    }

    private static String tag(Kustomization component) {
        assertThat(component.images()).singleElement().satisfies(image -> assertThat(image.name())
                .isEqualTo(IMAGE));
        return component.images().get(0).newTag();
    }

    /** The containers that a component patches, by name. */
    private static Map<String, JsonNode> containers(Kustomization component) throws IOException {
        Map<String, JsonNode> containers = new TreeMap<>();
        for (var patch : component.patches()) {
            for (ObjectNode document : StrictYaml.documents(patch.patch())) {
                var pod = document.at("/spec/template/spec");
                for (var list : List.of("initContainers", "containers")) {
                    pod.path(list)
                            .forEach(container ->
                                    containers.put(container.get("name").asText(), container));
                }
            }
        }
        return containers;
    }
}
