package io.clientela.webhook.send;

import java.time.Duration;
import java.util.Set;

/** Settings of webhooks that differ from the default in this only. */
record TestSettings(boolean allowPrivate, Duration timeout) implements WebhookSettings {
    @Override
    public Set<Integer> ports() {
        return Set.of(443, 8443);
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(3);
    }
}
