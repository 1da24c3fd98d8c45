package io.clientela.account;

import io.clientela.account.OneTimeTokens.Purpose;
import io.clientela.http.json.JsonBodies;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations of the business on a customer's account. */
@Path("/v1/customers/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class AccountResource {
    private final PasswordService passwords;
    private final OneTimeTokens tokens;
    private final PasswordRules rules;
    private final JsonBodies bodies;

    AccountResource(PasswordService passwords, OneTimeTokens tokens, PasswordRules rules, JsonBodies bodies) {
        this.passwords = passwords;
        this.tokens = tokens;
        this.rules = rules;
        this.bodies = bodies;
    }

    @PUT
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Void> setPassword(@PathParam("id") UUID id, byte[] body) {
        var input = bodies.read(
                        body, NewPasswordInput.class, given -> rules.validateNew("/new_password", given.newPassword()))
                .value();
        return passwords.set(id, PasswordRules.normalized(input.newPassword()));
    }

    @POST
    @Path("/password-reset")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> createPasswordReset(@PathParam("id") UUID id) {
        return tokens.issue(id, Purpose.PASSWORD_RESET).map(AccountResource::created);
    }

    @POST
    @Path("/email-verification")
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> createEmailVerification(@PathParam("id") UUID id) {
        return tokens.issue(id, Purpose.EMAIL_VERIFICATION).map(AccountResource::created);
    }

    static Response created(Object body) {
        return Response.status(Response.Status.CREATED).entity(body).build();
    }
}
