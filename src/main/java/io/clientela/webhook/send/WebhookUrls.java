package io.clientela.webhook.send;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says which URLs a webhook may have, by their text alone: {@link WebhookSender} checks the addresses of the host each
 * time it sends.
 */
@ApplicationScoped
public class WebhookUrls {
    private static final int MAX_LENGTH = 2_048;
    private static final int NO_PORT = -1;
    private static final int MAX_PORT = 65_535;

    /** RFC 3986 allows no others; java.net.URI allows letters of any script in paths. */
    private static final Pattern ASCII = Pattern.compile("[!-~]*");

    private final WebhookSettings settings;

    public WebhookUrls(WebhookSettings settings) {
        this.settings = settings;
    }

    /** Returns why a URL cannot be that of a webhook, as a sentence about it without subject; empty if it can. */
    public Optional<String> refusal(String url) {
        if (url.length() > MAX_LENGTH) {
            return Optional.of("must not be longer than 2048 characters");
        }
        if (!ASCII.matcher(url).matches()) {
            return Optional.of("must have ASCII characters only, without spaces; write others in percent-encoding,"
                    + " and those of the host in Punycode");
        }
        try {
            return refusal(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.of("must be a valid URL (RFC 3986)");
        }
    }

    private Optional<String> refusal(URI url) {
        if (!"https".equalsIgnoreCase(url.getScheme())
                && !(settings.allowPrivate() && "http".equalsIgnoreCase(url.getScheme()))) {
            return Optional.of("must begin with https://");
        }
        if (url.getHost() == null) {
            return Optional.of("must have a host: a domain name, or an address in its usual form");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("must not contain a user name or password");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("must not have a fragment");
        }
        if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
            return Optional.of("must have a port from 1 to 65535");
        }
        return settings.allowPrivate() ? Optional.empty() : refusalOfPublic(url);
    }

    private Optional<String> refusalOfPublic(URI url) {
        if (url.getPort() != NO_PORT && !settings.ports().contains(url.getPort())) {
            return Optional.of("must not have another port than "
                    + settings.ports().stream()
                            .sorted()
                            .map(String::valueOf)
                            .reduce((a, b) -> a + " or " + b)
                            .orElse("none"));
        }
        return PublicHosts.refusal(url.getHost());
    }
}
