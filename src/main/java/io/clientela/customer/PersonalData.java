package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A part of the personal data that the service stores; implemented once by each feature that stores some. A table that
 * is named by no implementation is found by {@code ErasedTablesTest}.
 */
public interface PersonalData {
    /**
     * Erases the person's data (GDPR, article 17; LGPD, article 18 VI), in the current transaction, which has locked
     * the customer. Best by few statements over all ids of the person, which do not wait for other parts; a failure
     * rolls back the whole erasure.
     *
     * @return the names of the parts that held something
     */
    Uni<Set<String>> erase(ErasedPerson person);

    /** Runs all, in this order, without waiting in between; returns the names of all parts that held something. */
    static Uni<Set<String>> all(List<Uni<Set<String>>> parts) {
        return Uni.combine().all().unis(parts).with(found -> {
            Set<String> names = new TreeSet<>();
            found.forEach(part -> ((Collection<?>) part).forEach(name -> names.add((String) name)));
            return names;
        });
    }
}
