package io.clientela.customer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tags are a set: trimmed, without duplicates, in the order in which they were given. */
public final class Tags {
    /** How many a customer may have. */
    static final int MAX_TAGS = 50;

    /** How many characters one may have. */
    private static final int MAX_LENGTH = 64;

    private Tags() {}

    /** Whether this can be a tag. */
    public static boolean isTag(String text) {
        var tag = text == null ? "" : text.strip();
        return !tag.isEmpty() && tag.codePointCount(0, tag.length()) <= MAX_LENGTH;
    }

    /** Tags as they are kept. */
    public static Set<String> normalized(List<String> tags) {
        Set<String> set = new LinkedHashSet<>();
        if (tags != null) {
            tags.forEach(tag -> set.add(tag.strip()));
        }
        return set;
    }
}
