package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Something that hangs off customers and can be had with them, by {@code include}. */
public interface Inclusion {
    /** The word in {@code include}, and the member of the customer. */
    String name();

    /**
     * What the customers of a page have of it, by one statement for all of them.
     *
     * @return for each customer's id what is to be shown; one who is missing has nothing
     */
    Uni<? extends Map<UUID, ?>> of(String tenant, Collection<UUID> customers);

    /** What is shown of a customer who has nothing. */
    Object none();

    /** Whether it changes only together with the customer's version, so that an entity tag speaks for it, too. */
    default boolean followsVersion() {
        return true;
    }
}
