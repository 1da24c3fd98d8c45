package io.clientela.customer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tags are a set: trimmed, without duplicates, in the order in which they were given. */
final class Tags {
    static final int MOST = 50;
    static final int LONGEST = 64;

    private Tags() {}

    static Set<String> normalized(List<String> tags) {
        Set<String> set = new LinkedHashSet<>();
        if (tags != null) {
            tags.forEach(tag -> set.add(tag.strip()));
        }
        return set;
    }
}
