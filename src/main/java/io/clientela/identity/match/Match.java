package io.clientela.identity.match;

import java.util.List;

/**
 * How sure it is that two records are one person or company.
 *
 * @param score the probability of it, from 0 to 1
 * @param reasons the fields that speak for it, as stable words such as {@code same_email}; in a fixed order
 */
public record Match(double score, List<String> reasons) {
    public Match {
        reasons = List.copyOf(reasons);
    }
}
