package io.clientela.account;

import io.clientela.customer.Identifiers;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.TenantByHeader;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operation by which customers log in. */
@Path("/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@TenantByHeader
public class SessionResource {
    private final SessionService sessions;
    private final Identifiers identifiers;
    private final JsonBodies bodies;

    SessionResource(SessionService sessions, Identifiers identifiers, JsonBodies bodies) {
        this.sessions = sessions;
        this.identifiers = identifiers;
        this.bodies = bodies;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    public Uni<Response> createSession(@Context RoutingContext exchange, byte[] body) {
        if (!sessions.isAvailable()) {
            throw ProblemException.notFound();
        }
        var input = bodies.read(body, LoginInput.class, this::validate).value();
        var email = identifiers.emailKey(input.email()).orElseThrow();
        return sessions.logIn(email, PasswordRules.normalized(input.password()), ClientAddress.of(exchange))
                .map(AccountResource::created);
    }

    private List<FieldError> validate(LoginInput input) {
        List<FieldError> errors = new ArrayList<>(PasswordRules.validateCurrent("/password", input.password()));
        if (identifiers.emailKey(input.email()).isEmpty()) {
            errors.add(FieldError.required("/email"));
        }
        return errors;
    }
}
