package io.clientela.transfer.imports;

import io.clientela.http.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a row.
 *
 * @param effect what it did
 * @param problem why it was refused
 */
record RowOutcome(Effect effect, Optional<ProblemException> problem) {
    /** The effect of a row. */
    enum Effect {
        CREATED,
        UPDATED,
        UNCHANGED,
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static RowOutcome of(Effect effect) {
        return new RowOutcome(effect, Optional.empty());
    }

    static RowOutcome failed(ProblemException problem) {
        return new RowOutcome(Effect.FAILED, Optional.of(problem));
    }
}
