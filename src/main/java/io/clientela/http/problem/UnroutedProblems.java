package io.clientela.http.problem;

import io.clientela.http.openapi.ApiContract;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Responds with problem documents where the HTTP server, not the REST layer, rejects a request. */
@ApplicationScoped
public class UnroutedProblems {
    private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 405, 406, 413, 414, 415, 431, 500, 503);

    private final ApiContract contract;

    UnroutedProblems(ApiContract contract) {
        this.contract = contract;
    }

    void install(@Observes Router router) {
        for (int status : STATUSES) {
            router.errorHandler(status, exchange -> ProblemDocument.send(problem(status, exchange), exchange));
        }
    }

    private ProblemException problem(int status, RoutingContext exchange) {
        return switch (status) {
            case 401 -> ProblemMappers.unauthorized(exchange);
            case 404, 405 -> Failures.unrouted(exchange.request(), contract);
            default -> Failures.forStatus(status);
        };
    }
}
