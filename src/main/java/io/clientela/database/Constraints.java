package io.clientela.database;

import java.sql.SQLException;

/** Recognises failures of statements by the constraint or unique index that they violate. */
public final class Constraints {
    /** PostgreSQL, appendix A: integrity constraint violation. */
    private static final String VIOLATION = "23";

    private Constraints() {}

    /**
     * Returns whether the failure, or a cause of it, is the violation of this constraint. Hibernate keeps the name of
     * the constraint in the message only.
     */
    public static boolean isViolated(String constraint, Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException violation
                    && String.valueOf(violation.getSQLState()).startsWith(VIOLATION)
                    && violation.getMessage().contains(constraint)) {
                return true;
            }
        }
        return false;
    }
}
