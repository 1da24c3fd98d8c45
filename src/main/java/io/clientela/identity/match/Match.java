package io.clientela.identity.match;

import java.util.List;

/**
 * The result of comparing two records.
 *
 * @param score the probability that the records are one person or company, from 0 to 1
 * @param reasons the fields that support it, as stable codes such as {@code same_email}, in a fixed order
 */
public record Match(double score, List<String> reasons) {
    public Match {
        reasons = List.copyOf(reasons);
    }
}
