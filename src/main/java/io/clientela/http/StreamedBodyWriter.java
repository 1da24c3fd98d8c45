package io.clientela.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Sends streamed bodies. What fails before the first piece is mapped like any other failure. After it, the status is
 * sent: the connection (HTTP/2: the stream) is closed without the end of the body, so that a part of it cannot be taken
 * for the whole (RFC 9112, section 8). When the client hangs up, or does not read for the write timeout, the source is
 * cancelled.
 *
 * <p>Not a {@code Multi} that a resource method returns: Quarkus REST does not close the connection after a failure.
 */
@Provider
public class StreamedBodyWriter implements ServerMessageBodyWriter<StreamedBody> {
    private final Settings settings;

    StreamedBodyWriter(Settings settings) {
        this.settings = settings;
    }

    /** Limits of streamed bodies. */
    @ConfigMapping(prefix = "clientela.http")
    public interface Settings {
        /**
         * How long a client may take to read a piece of a streamed response before its connection is closed. Must be
         * shorter than {@code clientela.database.read-timeout} and {@code idle_in_transaction_session_timeout}, which
         * end a stream from the database otherwise.
         */
        @WithDefault("7S")
        Duration writeTimeout();
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == StreamedBody.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == StreamedBody.class;
    }

    @Override
    public void writeResponse(StreamedBody body, Type genericType, ServerRequestContext context) {
        var request = (ResteasyReactiveRequestContext) context;
        request.suspend();
        body.pieces()
                .subscribe()
                .withSubscriber(
                        new StreamedResponse(request, request.unwrap(RoutingContext.class), settings.writeTimeout()));
    }

    /** The REST layer calls the method above. */
    @Override
    public void writeTo(
            StreamedBody body,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream stream) {
        throw new IllegalStateException("A streamed body cannot be written to an output stream");
    }
}
