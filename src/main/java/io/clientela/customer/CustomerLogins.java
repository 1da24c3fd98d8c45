package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Moves what customers log in with when they are merged, inside the caller's transaction, which has locked them;
 * implemented by the package of accounts.
 */
public interface CustomerLogins {
    /** Returns the hashes of the customers' passwords, by customer; those without a password are missing. */
    Uni<Map<UUID, String>> passwordHashes(Collection<UUID> customers);

    /**
     * Gives a customer a password, unless the customer has one, has no e-mail, or another customer logs in with that
     * e-mail.
     */
    Uni<Void> give(UUID customer, String passwordHash);

    /** Takes a customer's password away if it is one of these, and ends the customer's sessions. */
    Uni<Void> take(UUID customer, Collection<String> passwordHashes);
}
