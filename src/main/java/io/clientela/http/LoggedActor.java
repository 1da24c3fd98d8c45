package io.clientela.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The form in which the log names who acts. A subject that is no plain identifier (RFC 7519, section 4.1.2, leaves its
 * form to the issuer) could forge lines by line breaks or be personal data such as an e-mail address, so it is replaced
 * by a digest, by which the lines of one actor still belong together. The history has the subject itself.
 */
final class LoggedActor {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9._:|-]{1,128}");
    private static final int DIGEST_LENGTH = 6;

    private LoggedActor() {}

    /** Returns the subject, or its digest if it is no plain identifier; null for none. */
    static String of(String subject) {
        return subject == null || IDENTIFIER.matcher(subject).matches() ? subject : "sha256:" + digest(subject);
    }

    private static String digest(String subject) {
        return HexFormat.of().formatHex(Sha256.digest(subject.getBytes(StandardCharsets.UTF_8)), 0, DIGEST_LENGTH);
    }
}
