package io.clientela.tenancy;

import io.clientela.http.Filters;
import io.clientela.http.RequestLog;
import io.clientela.http.problem.Dialect;
import io.clientela.http.problem.Dialects;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.http.problem.RequestId;
import io.clientela.security.Bearer;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Determines the tenant and location of each authenticated request. */
public class CallerFilter {
    /** Selects one of the token's tenants; it cannot add another one. */
    public static final String TENANT_HEADER = "X-Tenant";

    /** Selects a business location. */
    public static final String LOCATION_HEADER = "X-Location";

    private final CurrentIdentityAssociation identity;
    private final Caller caller;
    private final TenantMetrics metrics;

    CallerFilter(CurrentIdentityAssociation identity, Caller caller, TenantMetrics metrics) {
        this.identity = identity;
        this.caller = caller;
        this.metrics = metrics;
    }

    @ServerRequestFilter(priority = Filters.TENANT)
    public void identify(RoutingContext exchange) {
        if (caller.isKnown()) {
            return;
        }
        if (!(identity.getIdentity().getPrincipal() instanceof Bearer bearer)) {
            return;
        }
        var tenant = tenant(bearer, header(exchange, TENANT_HEADER));
        var location = location(bearer, header(exchange, LOCATION_HEADER));
        var actor = bearer.subject().orElse(null);
        caller.set(tenant, actor, location.orElse(null), bearer.location().isPresent(), RequestId.of(exchange));
        caller.setDialect(Dialects.of(exchange).map(Dialect::name).orElse(null));
        RequestLog.identify(exchange, tenant, actor);
        exchange.addEndHandler(end -> metrics.count(tenant, exchange.response().getStatusCode()));
    }

    static Optional<String> header(RoutingContext exchange, String name) {
        var values = exchange.request().headers().getAll(name);
        if (values.size() > 1) {
            throw ProblemException.invalidHeader(name, "must be sent once");
        }
        return values.stream().findFirst();
    }

    private static String tenant(Bearer bearer, Optional<String> requested) {
        var tenants = bearer.tenants();
        if (tenants.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NO_TENANT, "The token has no valid tenant claim. Use a token with one.");
        }
        if (requested.isPresent() && !tenants.contains(requested.get())) {
            throw new ProblemException(
                    ProblemCode.TENANT_FORBIDDEN,
                    "The token is not for the tenant in the X-Tenant header. Choose one of the token's tenants.");
        }
        if (requested.isEmpty() && tenants.size() > 1) {
            throw new ProblemException(
                    ProblemCode.TENANT_REQUIRED,
                    "The token is for several tenants. Choose one with the X-Tenant header.",
                    List.of(FieldError.required(TENANT_HEADER, "must name one of the token's tenants")));
        }
        return requested.orElse(tenants.get(0));
    }

    private static Optional<String> location(Bearer bearer, Optional<String> requested) {
        if (requested
                .filter(location -> location.isBlank() || location.length() > Bearer.MAX_LOCATION_LENGTH)
                .isPresent()) {
            throw ProblemException.invalidHeader(LOCATION_HEADER, "must have 1 to 64 characters");
        }
        if (requested.isPresent() && bearer.location().isPresent() && !requested.equals(bearer.location())) {
            throw outside();
        }
        return requested.or(bearer::location);
    }

    /** The caller asked for something at a location other than its own: 403. */
    public static ProblemException outside() {
        return new ProblemException(
                ProblemCode.LOCATION_FORBIDDEN,
                "The caller is restricted to another business location. Use that location or omit it.");
    }
}
