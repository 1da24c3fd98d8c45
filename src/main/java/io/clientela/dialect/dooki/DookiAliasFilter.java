package io.clientela.dialect.dooki;

import io.clientela.http.Filters;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Requires that the alias in the path is the caller's tenant. */
public class DookiAliasFilter {
    static final String PARAMETER = "alias";

    private final Caller caller;

    DookiAliasFilter(Caller caller) {
        this.caller = caller;
    }

    @ServerRequestFilter(priority = Filters.TENANT + 1)
    @DookiAlias
    public void check(UriInfo uri) {
        if (!caller.tenant().equals(uri.getPathParameters().getFirst(PARAMETER))) {
            throw new ProblemException(
                    ProblemCode.TENANT_FORBIDDEN,
                    "The credentials are not for the store with this alias. Use the alias of their store.");
        }
    }
}
