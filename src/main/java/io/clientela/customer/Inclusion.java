package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Related data of customers, such as their orders, that {@code include} adds to the response. */
public interface Inclusion {
    /** Returns the value of {@code include}, which is also the member's name in the customer. */
    String name();

    /**
     * Loads the data of all customers of a page by one statement.
     *
     * @return the member's value by customer id; customers without data are missing
     */
    Uni<? extends Map<UUID, ?>> load(String tenant, Collection<UUID> customers);

    /** Returns the member's value for a customer without data. */
    Object emptyValue();

    /** Returns whether each change of the data raises the customer's version, so that the entity tag covers it. */
    default boolean followsVersion() {
        return true;
    }
}
