package io.clientela.dialect;

import io.clientela.http.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A customer's number in a path, by which dialects know customers whose ids are integers. Zero and what is no number
 * are of no customer.
 */
@RegisterForReflection
@Schema(hidden = true)
public record CustomerNumber(long value) {
    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,17}");

    /** Reads a number; empty if it cannot be that of a customer. */
    public static Optional<CustomerNumber> parse(String text) {
        return DIGITS.matcher(text).matches()
                ? Optional.of(new CustomerNumber(Long.parseLong(text)))
                : Optional.empty();
    }

    /**
     * Reads the parameter of a path; the REST layer calls it.
     *
     * @throws ProblemException 404
     */
    public static CustomerNumber fromString(String text) {
        return parse(text).orElseThrow(ProblemException::notFound);
    }
}
