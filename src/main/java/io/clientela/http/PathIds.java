package io.clientela.http;

import io.clientela.http.json.Ids;
import io.clientela.http.problem.ProblemException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.UUID;

/** Reads the ids in paths. A malformed one is not found (404), since no resource has such a path. */
@Provider
public class PathIds implements ParamConverterProvider {
    private static final ParamConverter<UUID> CONVERTER = new ParamConverter<>() {
        @Override
        public UUID fromString(String text) {
            return Ids.parse(text).orElseThrow(ProblemException::notFound);
        }

        @Override
        public String toString(UUID id) {
            return id.toString();
        }
    };

    @Override
    @SuppressWarnings("unchecked") // T is UUID
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        return type == UUID.class ? (ParamConverter<T>) CONVERTER : null;
    }
}
