package io.clientela.dialect.storefront;

import io.clientela.dialect.CustomerNumber;
import io.clientela.http.problem.ProblemException;
import java.util.regex.Pattern;

/** Reads the ids in paths, which are the customers' numbers. */
final class StorefrontIds {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

    private StorefrontIds() {}

    /**
     * Returns the number of a customer.
     *
     * @param parameter the parameter's name, for the error
     * @throws ProblemException 422 if it is no integer, 404 if it is one that no customer can have
     */
    static long number(String parameter, String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw ProblemException.invalid(parameter, "invalid_type", "must be an integer");
        }
        return CustomerNumber.fromString(text).value();
    }
}
