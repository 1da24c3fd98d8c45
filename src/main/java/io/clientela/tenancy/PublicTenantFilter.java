package io.clientela.tenancy;

import io.clientela.http.Filters;
import io.clientela.http.RequestLog;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.http.problem.RequestId;
import io.clientela.security.TenantNames;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Determines the tenant of operations that need no token. Their requests are not counted by tenant: anybody can name
 * one.
 */
public class PublicTenantFilter {
    private final Caller caller;

    PublicTenantFilter(Caller caller) {
        this.caller = caller;
    }

    @ServerRequestFilter(priority = Filters.PUBLIC_TENANT)
    @TenantByHeader
    public void identify(RoutingContext exchange) {
        var tenant = CallerFilter.header(exchange, CallerFilter.TENANT_HEADER).orElseThrow(PublicTenantFilter::missing);
        if (!TenantNames.isValid(tenant)) {
            throw ProblemException.invalidHeader(CallerFilter.TENANT_HEADER, "must be the name of a tenant");
        }
        caller.set(tenant, null, null, false, RequestId.of(exchange));
        RequestLog.identify(exchange, tenant, null);
    }

    private static ProblemException missing() {
        return new ProblemException(
                ProblemCode.TENANT_REQUIRED,
                "The X-Tenant header must name the tenant.",
                List.of(FieldError.required(CallerFilter.TENANT_HEADER, "must name the tenant")));
    }
}
