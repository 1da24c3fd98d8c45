package io.clientela.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.internal.KubernetesDeserializer;
import java.io.IOException;
import java.util.List;

/** Reads YAML as the API server of Kubernetes does with strict field validation. */
final class StrictYaml {
    private static final KubernetesDeserializer KINDS = new KubernetesDeserializer(true);
    private static final ObjectMapper MAPPER = mapper();

    private StrictYaml() {}

    static List<ObjectNode> documents(String yaml) throws IOException {
        try (var documents = MAPPER.readerFor(ObjectNode.class).<ObjectNode>readValues(yaml)) {
            return documents.readAll();
        }
    }

    /** The object in the class of its kind; a field that the class does not have is an error. */
    static KubernetesResource kubernetesObject(ObjectNode document) throws JsonProcessingException {
        var apiVersion = document.path("apiVersion").asText();
        var kind = document.path("kind").asText();
        var type = KINDS.getRegisteredKind(apiVersion, kind);
        if (type == null) {
            throw new IllegalArgumentException("There is no " + kind + " in " + apiVersion);
        }
        return MAPPER.treeToValue(document, type);
    }

    static Kustomization kustomization(String yaml) throws IOException {
        return MAPPER.readValue(yaml, Kustomization.class);
    }

    /** A strategic merge patch without what it says to kustomize, such as {@code $patch: delete}. */
    static <T extends JsonNode> T withoutDirectives(T patch) {
        if (patch instanceof ObjectNode object) {
            object.remove("$patch");
        }
        patch.forEach(StrictYaml::withoutDirectives);
        return patch;
    }

    private static ObjectMapper mapper() {
        var mapper = YAMLMapper.builder(YAMLFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .annotationIntrospector(new NoFurtherFields())
                .build();
        // The API server takes neither a number nor a boolean for a string: they want quotes.
        for (var shape : List.of(CoercionInputShape.Boolean, CoercionInputShape.Integer, CoercionInputShape.Float)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    /** The model keeps unknown fields as "additional properties", which would hide every misspelling. */
    private static final class NoFurtherFields extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
