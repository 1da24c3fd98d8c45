package io.clientela.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A kustomization.yaml, as far as ours go: another field of kustomize's is added here when it is first used. */
record Kustomization(
        String apiVersion,
        String kind,
        String namespace,
        List<String> resources,
        List<String> components,
        List<Image> images,
        List<Generator> configMapGenerator,
        List<Generator> secretGenerator,
        List<Patch> patches) {

    record Image(String name, String newName, String newTag, String digest) {}

    record Generator(
            String name,
            String behavior,
            List<String> envs,
            List<String> files,
            List<String> literals,
            Options options) {}

    record Options(boolean disableNameSuffixHash, Map<String, String> labels) {}

    /** A patch that stands in the kustomization itself. */
    record Patch(String patch) {}

    Kustomization {
        resources = orNone(resources);
        components = orNone(components);
        images = orNone(images);
        configMapGenerator = orNone(configMapGenerator);
        secretGenerator = orNone(secretGenerator);
        patches = orNone(patches);
    }

    /** Files and directories, relative to the kustomization's own. */
    List<String> paths() {
        var generated = Stream.concat(configMapGenerator.stream(), secretGenerator.stream())
                .flatMap(generator -> Stream.of(generator.envs(), generator.files()));
        return Stream.concat(Stream.of(resources, components), generated)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .toList();
    }

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list;
    }
}
