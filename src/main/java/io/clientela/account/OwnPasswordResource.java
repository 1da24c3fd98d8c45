package io.clientela.account;

import io.clientela.http.json.JsonBodies;
import io.clientela.http.problem.FieldError;
import io.clientela.security.Scopes;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operation by which customers change their password. */
@Path("/v1/customers/me/password")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class OwnPasswordResource {
    private final PasswordService passwords;
    private final PasswordRules rules;
    private final JsonBodies bodies;

    OwnPasswordResource(PasswordService passwords, PasswordRules rules, JsonBodies bodies) {
        this.passwords = passwords;
        this.rules = rules;
        this.bodies = bodies;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Void> changePassword(RoutingContext exchange, byte[] body) {
        var input = bodies.read(body, PasswordChangeInput.class, this::validate).value();
        return passwords.change(
                PasswordRules.normalized(input.currentPassword()),
                PasswordRules.normalized(input.newPassword()),
                ClientAddress.of(exchange));
    }

    private List<FieldError> validate(PasswordChangeInput input) {
        List<FieldError> errors =
                new ArrayList<>(PasswordRules.validateCurrent("/current_password", input.currentPassword()));
        errors.addAll(rules.validateNew("/new_password", input.newPassword()));
        return errors;
    }
}
