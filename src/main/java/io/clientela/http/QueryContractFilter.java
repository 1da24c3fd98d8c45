package io.clientela.http;

import io.clientela.http.openapi.ApiContract;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Rejects query parameters that the operation does not have: a misspelt filter must not be ignored silently. */
public class QueryContractFilter {
    private final ApiContract contract;

    QueryContractFilter(ApiContract contract) {
        this.contract = contract;
    }

    @ServerRequestFilter(priority = Filters.QUERY)
    public void rejectUnknown(UriInfo uri, SimpleResourceInfo resource) {
        var names = uri.getQueryParameters().keySet();
        if (names.isEmpty()) {
            return;
        }
        var known = contract.queryParameters(resource.getMethodName());
        List<FieldError> errors = new ArrayList<>();
        for (String name : names) {
            if (!known.contains(name)) {
                errors.add(FieldError.unknownParameter(name, "is not a parameter of this operation"));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalidParameters(errors);
        }
    }
}
