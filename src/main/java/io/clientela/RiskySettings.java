package io.clientela;

import io.clientela.security.SecuritySettings;
import io.clientela.webhook.send.WebhookSettings;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Warnings about settings that are legal and yet weaken a production service. */
@ApplicationScoped
@IfBuildProfile("prod")
class RiskySettings {
    private static final Logger LOG = Logger.getLogger(RiskySettings.class);

    private final SecuritySettings security;
    private final WebhookSettings webhooks;
    private final Optional<String> audiences;
    private final Optional<String> keyLocation;

    RiskySettings(
            SecuritySettings security,
            WebhookSettings webhooks,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<String> audiences,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> keyLocation) {
        this.security = security;
        this.webhooks = webhooks;
        this.audiences = audiences;
        this.keyLocation = keyLocation;
    }

    void warn(@Observes StartupEvent event) {
        if (security.anyAudience() && audiences.isEmpty()) {
            LOG.warn("CLIENTELA_SECURITY_ANY_AUDIENCE=true accepts tokens that were issued for other services."
                    + " Recommended: false, and MP_JWT_VERIFY_AUDIENCES with this service's audience.");
        }
        if (keyLocation.filter(location -> location.startsWith("http://")).isPresent()) {
            LOG.warn("MP_JWT_VERIFY_PUBLICKEY_LOCATION fetches the issuer's keys without TLS, so they can be replaced"
                    + " on the way. Recommended: an https URL.");
        }
        if (webhooks.allowPrivate()) {
            LOG.warn("CLIENTELA_WEBHOOKS_ALLOW_PRIVATE=true lets whoever may create webhooks send requests into this"
                    + " service's network. Recommended: false.");
        }
    }
}
