package io.clientela.http;

import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.regex.Pattern;

/** Entity tags of versioned resources and the preconditions over them (RFC 9110, sections 8.8.3 and 13.1). */
public final class ETags {
    private static final Pattern LIST = Pattern.compile("\\s*(\\*|(W/)?\"[^\"]*\"(\\s*,\\s*(W/)?\"[^\"]*\")*)\\s*");

    private ETags() {}

    /** Returns the strong entity tag of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Compares {@code If-Match} with a version, by strong comparison.
     *
     * @param ifMatch the header, or null if there is none
     * @throws ProblemException 400 if the header is malformed, 412 if the version is not among its tags
     */
    public static void requireMatch(String ifMatch, long version) {
        if (ifMatch == null) {
            return;
        }
        if (!matches("If-Match", ifMatch, of(version))) {
            throw new ProblemException(
                            ProblemCode.VERSION_MISMATCH,
                            "The customer has changed: it is at version " + version + ". Read it again.")
                    .with("current_version", version);
        }
    }

    /**
     * Returns whether {@code If-None-Match} contains the version, by weak comparison: the caller's copy is up to date.
     */
    public static boolean isFresh(String ifNoneMatch, long version) {
        return ifNoneMatch != null && matches("If-None-Match", ifNoneMatch.replace("W/", ""), of(version));
    }

    private static boolean matches(String header, String value, String tag) {
        if (!LIST.matcher(value).matches()) {
            throw ProblemException.invalidHeader(header, "must be * or quoted entity tags, such as " + tag);
        }
        if (value.strip().equals("*")) {
            return true;
        }
        for (String candidate : value.split(",")) {
            if (candidate.strip().equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
