package io.clientela.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands under k8s/ is what Kubernetes, the Prometheus operator and kustomize can read. */
class ManifestTest {
    private static final Path ROOT = Path.of("k8s");
    private static final String KUSTOMIZATION = "kustomization.yaml";

    @ParameterizedTest
    @MethodSource("manifests")
    void everyFieldIsKnownToKubernetes(Path manifest) throws IOException {
        readStrictly(Files.readString(manifest));
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void everyFieldOfAPatchIsKnownToKubernetes(Path kustomization) throws IOException {
        for (var patch : read(kustomization).patches()) {
            for (var document : StrictYaml.documents(patch.patch())) {
                StrictYaml.kubernetesObject(StrictYaml.withoutDirectives(document));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void everyFileNamedIsThereAndEveryFileThereIsNamed(Path kustomization) throws IOException {
        var directory = kustomization.getParent();
        var named = read(kustomization).paths();
        assertThat(named).allSatisfy(path -> assertThat(directory.resolve(path)).exists());
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.matches(".*\\.(yaml|env|json)"))
                            .filter(file -> !file.equals(KUSTOMIZATION)))
                    .isSubsetOf(named);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void anOverlayIsRenderedIfKubectlIsThere(String overlay) throws Exception {
        assumeTrue(kubectlIsThere(), "kubectl is not on the path");
        var directory = ROOT.resolve("overlays").resolve(overlay).toString();
        var kubectl = new ProcessBuilder("kubectl", "kustomize", directory)
                .redirectErrorStream(true)
                .start();
        var rendered = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).as(rendered).isZero();
        readStrictly(rendered);
        assertThat(rendered).contains("image: ghcr.io/clientela/clientela:latest-");
    }

    @ParameterizedTest
    @CsvSource({
        "base/deployment.yaml, maxUnavailable:, maxUnavailabel:",
        "base/deployment.yaml, readOnlyRootFilesystem:, readOnlyRootFileSystem:",
        "base/deployment.yaml, kind: Deployment, kind: Deploiment",
        "base/deployment.yaml, '\"true\"', 'true'",
        "base/hpa.yaml, averageUtilization:, averageUtilisation:",
        "components/monitoring/servicemonitor.yaml, interval:, intervall:",
        "components/monitoring/prometheusrule.yaml, expr:, expression:",
        "overlays/prod/ingress.yaml, secretName:, secretname:"
    })
    void aMistakeIsNoticed(String manifest, String right, String wrong) throws IOException {
        var text = Files.readString(ROOT.resolve(manifest));
        assertThatCode(() -> readStrictly(text)).doesNotThrowAnyException();
        assertThat(text).contains(right);
        assertThatThrownBy(() -> readStrictly(text.replace(right, wrong)))
                .isInstanceOfAny(MismatchedInputException.class, IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource: [a.yaml]", "images: [{name: a, tag: b}]"})
    void aMisspeltFieldOfAKustomizationIsNoticed(String yaml) {
        assertThatThrownBy(() -> StrictYaml.kustomization(yaml)).isInstanceOf(MismatchedInputException.class);
    }

    private static void readStrictly(String yaml) throws IOException {
        var documents = StrictYaml.documents(yaml);
        assertThat(documents).isNotEmpty();
        for (var document : documents) {
            StrictYaml.kubernetesObject(document);
        }
    }

    private static Kustomization read(Path kustomization) throws IOException {
        return StrictYaml.kustomization(Files.readString(kustomization));
    }

    private static List<Path> manifests() throws IOException {
        return yaml(false);
    }

    private static List<Path> kustomizations() throws IOException {
        return yaml(true);
    }

    private static List<Path> yaml(boolean kustomizations) throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> file.endsWith(KUSTOMIZATION) == kustomizations)
                    .toList();
        }
    }

    private static boolean kubectlIsThere() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    }
}
