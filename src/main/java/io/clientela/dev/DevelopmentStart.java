package io.clientela.dev;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.security.Role;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Loads sample customers of two tenants and logs an example request for each role, in development only. */
@ApplicationScoped
@IfBuildProfile("dev")
public class DevelopmentStart {
    private static final Logger LOG = Logger.getLogger(DevelopmentStart.class);
    private static final String SAMPLES = "/dev/sample-customers.json";
    private static final String FIRST_TENANT = "acme";

    private final SampleCustomers samples;
    private final ObjectMapper mapper;
    private final String issuer;

    DevelopmentStart(
            SampleCustomers samples,
            ObjectMapper mapper,
            @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer) {
        this.samples = samples;
        this.mapper = mapper;
        this.issuer = issuer;
    }

    void loadSamples(@Observes StartupEvent event) throws Throwable {
        ObjectNode byTenant = read();
        for (var tenant : byTenant.properties()) {
            VertxContextSupport.subscribeAndAwait(() -> samples.load(tenant.getKey(), tenant.getValue()));
        }
    }

    void logExampleRequests(@ObservesAsync HttpServerStart started) {
        int port = started.options().getPort();
        var text = new StringBuilder("Try it (tenants acme and globex; the tokens are valid for 12 hours):\n");
        for (Role role : Role.values()) {
            text.append("\n# ").append(role.group()).append(": ").append(String.join(" ", role.scopes()));
            text.append("\ncurl -s http://localhost:").append(port).append("/v1/customers");
            text.append(" -H 'Authorization: Bearer ").append(token(role)).append("'\n");
        }
        text.append("\nAPI documentation: http://localhost:").append(port).append("/q/swagger-ui");
        LOG.info(text);
    }

    private ObjectNode read() throws IOException {
        try (var stream = DevelopmentStart.class.getResourceAsStream(SAMPLES)) {
            return (ObjectNode) mapper.readTree(stream);
        }
    }

    private String token(Role role) {
        return Jwt.issuer(issuer)
                .subject("dev-" + role.group())
                .groups(Set.of(role.group()))
                .claim("tenant", FIRST_TENANT)
                .expiresIn(Duration.ofHours(12))
                .sign();
    }
}
