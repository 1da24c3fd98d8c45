package io.clientela.privacy;

import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** The problems of erasures. */
final class ErasureProblems {
    private ErasureProblems() {}

    /** Returns a 409 for an erasure that a rule forbids. */
    static ProblemException refused(ErasureRule rule, long count) {
        return new ProblemException(
                        ProblemCode.ERASURE_REFUSED,
                        "The business still needs the customer's data for what is in rules. Complete or cancel it first.")
                .with("rules", List.of(Map.of("rule", rule.toString(), "count", count)));
    }
}
