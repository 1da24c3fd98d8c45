package io.clientela.http.problem;

import io.clientela.http.openapi.ApiContract;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.CompositeException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Maps exceptions of a request to problem documents (RFC 9457), or to what the dialect of the request has for them. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private static final Pattern BEARER_TOKEN = Pattern.compile("(?i)Bearer +[^ ]");

    private final ApiContract contract;

    ProblemMappers(ApiContract contract) {
        this.contract = contract;
    }

    @ServerExceptionMapper
    public Response map(ProblemException problem, RoutingContext exchange) {
        return respond(problem, exchange);
    }

    @ServerExceptionMapper
    public Response map(MergedRedirectException redirect, RoutingContext exchange) {
        return Response.temporaryRedirect(
                        URI.create(redirect.location(exchange.request().uri())))
                .build();
    }

    @ServerExceptionMapper
    public Response map(UnauthorizedException failure, RoutingContext exchange) {
        return respond(unauthorized(exchange), exchange);
    }

    @ServerExceptionMapper
    public Response map(AuthenticationFailedException failure, RoutingContext exchange) {
        LOG.debugf(failure, "Request %s: token not accepted", RequestId.of(exchange));
        return respond(unauthorized(exchange), exchange);
    }

    @ServerExceptionMapper
    public Response map(ForbiddenException failure, RoutingContext exchange, SimpleResourceInfo resource) {
        var scopes = String.join(" ", contract.scopes(resource.getMethodName()));
        return respond(ProblemException.insufficientScope(scopes), exchange);
    }

    /** A failure of the REST layer; the cause of one can be a problem, such as a malformed id in the path. */
    @ServerExceptionMapper
    public Response map(WebApplicationException failure, RoutingContext exchange) {
        if (failure.getCause() instanceof ProblemException problem) {
            return respond(problem, exchange);
        }
        int status = failure.getResponse().getStatus();
        boolean unrouted =
                status == ProblemCode.NOT_FOUND.status() || status == ProblemCode.METHOD_NOT_ALLOWED.status();
        return respond(
                unrouted ? Failures.unrouted(exchange.request(), contract) : Failures.forStatus(status), exchange);
    }

    /** A failure and the failure of the rollback after it: the first one counts. */
    @ServerExceptionMapper
    public Response map(CompositeException failure, RoutingContext exchange) {
        var first = failure.getCauses().get(0);
        return first instanceof ProblemException problem ? respond(problem, exchange) : map(first, exchange);
    }

    @ServerExceptionMapper
    public Response map(Throwable failure, RoutingContext exchange) {
        if (exchange.response().ended()) { // reading a body that was already rejected
            return Response.status(exchange.response().getStatusCode()).build();
        }
        Optional<ProblemException> temporary = Failures.temporary(failure);
        if (temporary.isPresent()) {
            LOG.warnf(
                    "Request %s rejected with 503, retry after 1 s: %s",
                    RequestId.of(exchange), Failures.reason(failure));
            return respond(temporary.get(), exchange);
        }
        LOG.errorf(failure, "Request %s failed", RequestId.of(exchange));
        return respond(Failures.internal(), exchange);
    }

    /** RFC 6750, section 3.1: an error code only where the request carried a bearer token. */
    static ProblemException unauthorized(RoutingContext exchange) {
        var sent = exchange.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (sent == null || !BEARER_TOKEN.matcher(sent).lookingAt()) {
            return new ProblemException(ProblemCode.UNAUTHENTICATED, "Send a token: Authorization: Bearer …")
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return new ProblemException(
                        ProblemCode.INVALID_TOKEN, "The token was not accepted. Request a new one from the issuer.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }

    private static Response respond(ProblemException problem, RoutingContext exchange) {
        var rejection = ProblemResponse.of(problem, exchange);
        var response =
                Response.status(rejection.status()).entity(rejection.body().encode());
        rejection.headers().forEach(response::header);
        return response.build();
    }
}
