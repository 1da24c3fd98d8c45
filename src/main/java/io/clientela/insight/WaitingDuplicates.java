package io.clientela.insight;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Counts the likely duplicates that are neither merged nor dismissed. */
public interface WaitingDuplicates {
    /**
     * Returns the number of pairs that a list of likely duplicates has by default.
     *
     * @param location where both customers are, or empty for anywhere
     */
    Uni<Long> count(String tenant, Optional<String> location);
}
