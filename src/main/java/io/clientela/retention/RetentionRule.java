package io.clientela.retention;

import java.time.Duration;
import java.util.Optional;

/** Data of one kind that is deleted after its time; implemented by the package that stores it. */
public interface RetentionRule {
    /** Returns the name of the kind in metrics and in the log. */
    String kind();

    /**
     * Returns the statement of one step, which deletes at most 1,000 rows of all tenants; none if nothing is left to
     * delete. {@code $1} is the age in seconds, as a double. It skips rows that a request has locked, and uses an
     * index: it runs every few minutes, mostly in vain.
     */
    String statement();

    /** Returns the age from which data is deleted; empty if it is kept for ever. */
    Optional<Duration> age();
}
