package io.clientela.webhook.send;

import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says which hosts can be on the public Internet, by their text alone. */
final class PublicHosts {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** What resolvers read as a number, also in hexadecimal or octal (WHATWG URL, "ends in a number checker"). */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private static final Pattern DOTTED_DECIMAL =
            Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    /** Without a zone, which names an interface of the own machine. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]+");

    private static final int MAX_LENGTH = 253;

    /**
     * Names of the own machine or network: RFC 6761 and 6762, RFC 8375, ICANN SSAC 113 ("internal"), and what networks
     * use without asking (RFC 6762, appendix G).
     */
    private static final List<String> PRIVATE_DOMAINS = List.of(
            "localhost",
            "localdomain",
            "local",
            "internal",
            "intranet",
            "private",
            "corp",
            "home",
            "lan",
            "arpa",
            "onion");

    private PublicHosts() {}

    /** Returns why a host of a URL cannot be public, as a sentence without subject; empty if it can. */
    static Optional<String> refusal(String host) {
        if (host.startsWith("[")) {
            return refusalOfAddress(host.substring(1, host.length() - 1));
        }
        var labels = host.toLowerCase(Locale.ROOT).split("\\.", -1);
        var last = labels[labels.length - 1];
        if (NUMBER.matcher(last).matches()) {
            return refusalOfAddress(host);
        }
        if (host.length() > MAX_LENGTH
                || !List.of(labels).stream()
                        .allMatch(label -> LABEL.matcher(label).matches())) {
            return Optional.of("must have a valid domain name, without a dot at its end");
        }
        if (labels.length == 1 || PRIVATE_DOMAINS.contains(last)) {
            return Optional.of("must have a public domain name");
        }
        return Optional.empty();
    }

    private static Optional<String> refusalOfAddress(String text) {
        var isUsual =
                DOTTED_DECIMAL.matcher(text).matches() || IPV6.matcher(text).matches();
        var address = isUsual ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        return address != null && PublicAddresses.contain(address)
                ? Optional.empty()
                : Optional.of("must not have a private or reserved address, or an address in an unusual form");
    }
}
