package io.clientela.customer;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Values that forms require and people make up, such as {@code 000.000.000-00}, {@code (11) 99999-9999} and
 * {@code no@email}. Whoever has one shares it with strangers, so it identifies nobody.
 */
public final class Placeholders {
    private static final Pattern ONE_CHARACTER = Pattern.compile("(.)\\1*");
    private static final Set<String> COUNTS =
            Set.of("12345678900", "12345678909", "01234567890", "12345678", "123456789");

    /** A number with its area code whose subscriber number has one digit, or counts up. */
    private static final Pattern PHONE =
            Pattern.compile("\\+[0-9]*?(([0-9])\\2{7,}|(9)?12345678|123456789|1234567890)");

    private static final Set<String> MAILBOXES = Set.of(
            "no",
            "none",
            "null",
            "na",
            "nao",
            "naotem",
            "nao.tem",
            "nomail",
            "noemail",
            "no-email",
            "noreply",
            "no-reply",
            "donotreply",
            "semmail",
            "sememail",
            "sem-email",
            "sem.email");

    private Placeholders() {}

    /** Returns whether an identifier is a placeholder. An external id never is: it is the caller's own. */
    public static boolean isPlaceholder(Identifier identifier) {
        return switch (identifier.kind()) {
            case EXTERNAL_ID -> false;
            case DOCUMENT -> ONE_CHARACTER.matcher(identifier.key()).matches() || COUNTS.contains(identifier.key());
            case PHONE -> PHONE.matcher(identifier.key()).matches();
            case EMAIL -> isPlaceholderEmail(identifier.key());
        };
    }

    private static boolean isPlaceholderEmail(String key) {
        int at = key.lastIndexOf('@');
        return at < 0 || MAILBOXES.contains(key.substring(0, at)) || key.indexOf('.', at) < 0;
    }
}
