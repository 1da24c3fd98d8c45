package io.clientela.tenancy;

import io.clientela.http.Filters;
import io.clientela.http.RequestLog;
import io.clientela.http.json.Text;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.http.problem.RequestId;
import io.clientela.security.Claims;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Determines the tenant and location of each authenticated request. */
public class CallerFilter {
    /** Selects one of the token's tenants; it cannot add another one. */
    public static final String TENANT_HEADER = "X-Tenant";

    /** Selects a business location. */
    public static final String LOCATION_HEADER = "X-Location";

    private static final Pattern TENANT_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MAX_LOCATION_LENGTH = 64;

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
        if (!(identity.getIdentity().getPrincipal() instanceof JsonWebToken token)) {
            return;
        }
        var request = exchange.request();
        var tenant = tenant(token, request.getHeader(TENANT_HEADER));
        var claimed = claimedLocation(token);
        var location = location(claimed, request.getHeader(LOCATION_HEADER));
        caller.set(tenant, token.getSubject(), location.orElse(null), claimed.isPresent(), RequestId.of(exchange));
        RequestLog.identify(exchange, tenant, token.getSubject());
        exchange.addEndHandler(end -> metrics.count(tenant, exchange.response().getStatusCode()));
    }

    private static String tenant(JsonWebToken token, String requested) {
        List<String> tenants = Claims.list(token, "tenant").stream()
                .filter(name -> TENANT_NAME.matcher(name).matches())
                .distinct()
                .toList();
        if (tenants.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NO_TENANT, "The token has no valid tenant claim. Use a token with one.");
        }
        if (requested != null) {
            if (!tenants.contains(requested)) {
                throw new ProblemException(
                        ProblemCode.TENANT_FORBIDDEN,
                        "The token is not for the tenant in the X-Tenant header. Choose one of the token's tenants.");
            }
            return requested;
        }
        if (tenants.size() > 1) {
            throw new ProblemException(
                    ProblemCode.TENANT_REQUIRED,
                    "The token is for several tenants. Choose one with the X-Tenant header.",
                    List.of(new FieldError(TENANT_HEADER, "required", "must name one of the token's tenants")));
        }
        return tenants.get(0);
    }

    private static Optional<String> claimedLocation(JsonWebToken token) {
        if (!token.containsClaim("location")) {
            return Optional.empty();
        }
        var claimed = Claims.text(token, "location").filter(CallerFilter::isLocation);
        if (claimed.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.LOCATION_FORBIDDEN, "The token's location claim must have 1 to 64 characters.");
        }
        return claimed;
    }

    private static Optional<String> location(Optional<String> claimed, String requested) {
        if (requested == null) {
            return claimed;
        }
        if (!isLocation(requested)) {
            throw ProblemException.invalidHeader(LOCATION_HEADER, "must have 1 to 64 characters");
        }
        if (claimed.isPresent() && !claimed.get().equals(requested)) {
            throw outside();
        }
        return Optional.of(requested);
    }

    private static boolean isLocation(String text) {
        return !text.isBlank() && text.length() <= MAX_LOCATION_LENGTH && Text.isStorable(text);
    }

    /** The caller asked for something at a location other than its own: 403. */
    public static ProblemException outside() {
        return new ProblemException(
                ProblemCode.LOCATION_FORBIDDEN,
                "The caller is restricted to another business location. Use that location or omit it.");
    }
}
