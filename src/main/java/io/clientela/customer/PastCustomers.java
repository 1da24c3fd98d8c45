package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Knows from the history what customers were, also those that were deleted; implemented by the package of the history.
 */
public interface PastCustomers {
    /** Returns the last version of a customer of the tenant, in the current transaction; empty if there was none. */
    Uni<Optional<Long>> lastVersion(UUID customer);

    /** Returns the e-mails that these customers had, as they were given, in the current transaction. */
    Uni<List<String>> emails(Collection<UUID> customers);
}
