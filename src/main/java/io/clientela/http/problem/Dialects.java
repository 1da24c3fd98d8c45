package io.clientela.http.problem;

import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.Vertx;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the dialect of each request by its path, before anything can reject it. */
@ApplicationScoped
public class Dialects {
    /** The context local with the name of the request's dialect, for the metrics. */
    public static final String NAME = "clientela.dialect";

    private static final String DIALECT = "clientela.dialect";
    private static final String TARGET = "clientela.target";
    private static final String ALL = "all";
    private static final String NONE = "none";

    /** The log comes first, so that it has every request. */
    private static final int AFTER_THE_LOG = Integer.MAX_VALUE - 1;

    private static final Pattern MATRIX_PARAMETER = Pattern.compile(";[^/]*");

    private final List<Dialect> dialects;
    private final Set<String> enabled;

    /**
     * Called at the start.
     *
     * @throws IllegalArgumentException if the setting names a dialect that does not exist
     */
    Dialects(@All List<Dialect> dialects, Settings settings) {
        this.dialects = List.copyOf(dialects);
        this.enabled = enabled(settings.dialects(), dialects);
    }

    /** Which APIs are served. */
    @ConfigMapping(prefix = "clientela")
    public interface Settings {
        /**
         * The dialects that are served, by name; {@code all}, or {@code none}. The paths of the others are unknown.
         * Leave out what no client uses.
         */
        @WithDefault(ALL)
        Set<String> dialects();
    }

    void install(@Observes Filters filters) {
        filters.register(this::identify, AFTER_THE_LOG);
    }

    /** Returns the dialect of a request; empty for the service's own paths. */
    public static Optional<Dialect> of(RoutingContext exchange) {
        return Optional.ofNullable(exchange.get(DIALECT));
    }

    /** Remembers what was requested by a request that goes on as one for another path. */
    public static void rememberTarget(HttpServerRequestInternal request) {
        request.context().putLocal(TARGET, request.uri());
    }

    private void identify(RoutingContext exchange) {
        var found = find(path(exchange));
        if (found.isEmpty()) {
            exchange.next();
        } else if (enabled.contains(found.get().name())) {
            exchange.put(DIALECT, found.get());
            Vertx.currentContext().putLocal(NAME, found.get().name());
            found.get().readCredentials(exchange.request().headers());
            exchange.next();
        } else {
            ProblemDocument.send(ProblemException.notFound(), exchange);
        }
    }

    private Optional<Dialect> find(String path) {
        return dialects.stream()
                .filter(dialect -> path.equals(dialect.basePath()) || path.startsWith(dialect.basePath() + "/"))
                .findFirst();
    }

    /** Returns the path by which the REST layer finds the resource: normalised, and without matrix parameters. */
    private static String path(RoutingContext exchange) {
        if (exchange.request().decoderResult().isFailure()) {
            String target = Vertx.currentContext().getLocal(TARGET);
            return target == null ? "" : target.replaceFirst("[?#].*", "");
        }
        return MATRIX_PARAMETER.matcher(exchange.normalizedPath()).replaceAll("");
    }

    private static Set<String> enabled(Set<String> requested, List<Dialect> dialects) {
        var known = dialects.stream().map(Dialect::name).collect(Collectors.toSet());
        if (requested.equals(Set.of(ALL))) {
            return known;
        }
        if (requested.equals(Set.of(NONE))) {
            return Set.of();
        }
        var unknown = new HashSet<>(requested);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("clientela.dialects has unknown names: " + unknown
                    + ". Set CLIENTELA_DIALECTS to all, none, or some of " + known);
        }
        return Set.copyOf(requested);
    }
}
