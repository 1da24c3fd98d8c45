package io.clientela.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * Tags in one cell, separated by {@code |}. Within a tag, a backslash stands before {@code |} and before a backslash.
 * The separator is not one of those by which spreadsheets split lines.
 */
public final class TagList {
    private static final char SEPARATOR = '|';
    private static final char ESCAPE = '\\';

    private TagList() {}

    /** Returns the text of tags, none of which is empty. */
    public static String join(List<String> tags) {
        var text = new StringBuilder();
        for (String tag : tags) {
            if (!text.isEmpty()) {
                text.append(SEPARATOR);
            }
            for (int i = 0; i < tag.length(); i++) {
                char character = tag.charAt(i);
                if (character == SEPARATOR || character == ESCAPE) {
                    text.append(ESCAPE);
                }
                text.append(character);
            }
        }
        return text.toString();
    }

    /** Returns the tags of a text. A backslash before another character, or at the end, stands for itself. */
    public static List<String> split(String text) {
        List<String> tags = new ArrayList<>();
        var tag = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ESCAPE && i + 1 < text.length() && isEscaped(text.charAt(i + 1))) {
                tag.append(text.charAt(++i));
            } else if (character == SEPARATOR) {
                tags.add(tag.toString());
                tag.setLength(0);
            } else {
                tag.append(character);
            }
        }
        if (!text.isEmpty()) {
            tags.add(tag.toString());
        }
        return tags;
    }

    private static boolean isEscaped(char character) {
        return character == SEPARATOR || character == ESCAPE;
    }
}
