package io.clientela.customer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Normalises tags to a set: trimmed, without duplicates, in the order written. */
public final class Tags {
    static final int MAX_TAGS = 50;

    private static final int MAX_LENGTH = 64;

    private Tags() {}

    /** Returns whether the text has 1 to 64 characters after trimming. */
    public static boolean isTag(String text) {
        var tag = text == null ? "" : text.strip();
        return !tag.isEmpty() && tag.codePointCount(0, tag.length()) <= MAX_LENGTH;
    }

    /** Returns tags as they are stored. */
    public static Set<String> normalized(List<String> tags) {
        Set<String> set = new LinkedHashSet<>();
        if (tags != null) {
            tags.stream().filter(Objects::nonNull).map(String::strip).forEach(set::add);
        }
        return set;
    }
}
