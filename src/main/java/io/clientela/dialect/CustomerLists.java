package io.clientela.dialect;

import io.clientela.customer.CustomerQuery;
import io.clientela.customer.CustomerSort;
import io.clientela.customer.Identifiers;
import io.clientela.customer.Segments;
import io.clientela.http.QueryParameters;
import jakarta.inject.Singleton;

/** Reads which customers a list of a dialect has. */
@Singleton
public class CustomerLists {
    private final Identifiers identifiers;
    private final Segments segments;

    CustomerLists(Identifiers identifiers, Segments segments) {
        this.identifiers = identifiers;
        this.segments = segments;
    }

    /**
     * Reads the filters and the order of a list. A dialect's OpenAPI document says which of them it has; those that it
     * calls otherwise are given their own names by {@link QueryParameters#replacing}.
     */
    public CustomerQuery query(QueryParameters params) {
        return CustomerQuery.read(params, identifiers, segments, CustomerSort.NAME);
    }
}
