package io.clientela.http;

import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/**
 * Entity tags of versioned resources and the preconditions over them (RFC 9110, sections 8.8.3 and 13.1).
 *
 * <p>{@code Request.evaluatePreconditions} of JAX-RS does not serve here: it splits tags at commas inside quotes,
 * accepts unquoted text, compares {@code If-None-Match} strongly, and knows only a request, not the row that a
 * transaction has locked.
 */
public final class ETags {
    private static final int MAX_LENGTH = 4096;
    private static final String ANY = "*";
    private static final String WEAK = "W/";

    private ETags() {}

    /** Returns the strong entity tag of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Compares {@code If-Match} with a version, strongly.
     *
     * @param ifMatch the header, or null if there is none
     * @throws ProblemException 400 if the header is malformed, 412 if the version is not among its tags
     */
    public static void requireMatch(String ifMatch, long version) {
        if (ifMatch == null) {
            return;
        }
        var tags = parse("If-Match", ifMatch);
        if (!tags.contains(ANY) && !tags.contains(of(version))) {
            throw new ProblemException(
                            ProblemCode.VERSION_MISMATCH,
                            "The resource has changed: it is at version " + version + ". Read it again.")
                    .with("current_version", version);
        }
    }

    /**
     * Whether {@code If-None-Match} names the version, by weak comparison: the caller's copy is fresh.
     *
     * @param ifNoneMatch the header, or null where none was sent
     * @throws ProblemException 400 if the header is malformed
     */
    public static boolean isFresh(String ifNoneMatch, long version) {
        if (ifNoneMatch == null) {
            return false;
        }
        var tags = parse("If-None-Match", ifNoneMatch);
        var tag = of(version);
        return tags.contains(ANY) || tags.contains(tag) || tags.contains(WEAK + tag);
    }

    /** Returns the tags of a list, in one pass over it. */
    private static List<String> parse(String header, String value) {
        if (value.length() > MAX_LENGTH) {
            throw ProblemException.invalidHeader(header, "must have at most " + MAX_LENGTH + " characters");
        }
        if (value.strip().equals(ANY)) {
            return List.of(ANY);
        }
        List<String> tags = new ArrayList<>();
        boolean separated = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',') {
                separated = true;
            } else if (c != ' ' && c != '\t') {
                int end = separated ? endOfTag(value, i) : -1;
                if (end < 0) {
                    throw malformed(header);
                }
                tags.add(value.substring(i, end + 1));
                i = end;
                separated = false;
            }
        }
        if (tags.isEmpty()) {
            throw malformed(header);
        }
        return tags;
    }

    /** Returns the position of a tag's closing quote, or -1 if there is no tag at the given position. */
    private static int endOfTag(String value, int start) {
        int quote = value.startsWith(WEAK, start) ? start + WEAK.length() : start;
        return value.startsWith("\"", quote) ? value.indexOf('"', quote + 1) : -1;
    }

    private static ProblemException malformed(String header) {
        return ProblemException.invalidHeader(header, "must be * or quoted entity tags, such as " + of(1));
    }
}
