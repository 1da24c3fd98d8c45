package io.clientela.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The workflow that publishes images: its kinds of image and the tags of each, in the syntax of metadata-action. */
final class ImageWorkflow {
    private static final Path FILE = Path.of(".github/workflows/native.yml");
    private static final String KIND = "${{ matrix.kind }}";
    private static final Pattern CONDITION = Pattern.compile(",enable=\\$\\{\\{ matrix\\.kind == '(\\w+)' }}$");

    private final JsonNode job;

    private ImageWorkflow(JsonNode job) {
        this.job = job;
    }

    static ImageWorkflow read() throws IOException {
        var workflow = StrictYaml.documents(Files.readString(FILE)).get(0);
        return new ImageWorkflow(workflow.at("/jobs/image"));
    }

    List<String> kinds() {
        return stream(job.at("/strategy/matrix/kind")).map(JsonNode::asText).toList();
    }

    /** Whether a run of the workflow gives a tag to the image of a kind; for a commit, any full SHA-1 will do. */
    boolean publishes(String kind, String tag) {
        return stream(job.get("steps"))
                .map(step -> step.at("/with/tags").asText())
                .filter(tags -> tags.contains("type="))
                .flatMap(String::lines)
                .anyMatch(rule -> pattern(rule, kind).matcher(tag).matches());
    }

    private static Pattern pattern(String rule, String kind) {
        var condition = CONDITION.matcher(rule);
        if (condition.find() && !condition.group(1).equals(kind)) {
            return Pattern.compile("(?!)"); // nothing
        }
        var ofKind = condition.replaceFirst("").replace(KIND, kind);
        if (ofKind.startsWith("type=raw,value=")) {
            return Pattern.compile(Pattern.quote(ofKind.substring("type=raw,value=".length())));
        }
        if (ofKind.startsWith("type=sha,format=long,suffix=")) {
            var suffix = ofKind.substring("type=sha,format=long,suffix=".length());
            return Pattern.compile("sha-[0-9a-f]{40}" + Pattern.quote(suffix));
        }
        throw new IllegalArgumentException("A rule that is not known here: " + rule);
    }

    private static Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }
}
