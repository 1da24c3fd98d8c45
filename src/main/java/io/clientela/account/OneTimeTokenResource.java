package io.clientela.account;

import io.clientela.http.json.JsonBodies;
import io.clientela.http.problem.FieldError;
import io.clientela.tenancy.TenantByHeader;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations that spend one-time tokens. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@TenantByHeader
public class OneTimeTokenResource {
    private final PasswordService passwords;
    private final EmailVerificationService verifications;
    private final OwnProfile profile;
    private final PasswordRules rules;
    private final JsonBodies bodies;

    OneTimeTokenResource(
            PasswordService passwords,
            EmailVerificationService verifications,
            OwnProfile profile,
            PasswordRules rules,
            JsonBodies bodies) {
        this.passwords = passwords;
        this.verifications = verifications;
        this.profile = profile;
        this.rules = rules;
        this.bodies = bodies;
    }

    @POST
    @Path("/password-resets")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    public Uni<Void> resetPassword(byte[] body) {
        var input = bodies.read(body, PasswordResetInput.class, this::validate).value();
        return passwords.reset(input.token(), PasswordRules.normalized(input.newPassword()));
    }

    private List<FieldError> validate(PasswordResetInput input) {
        List<FieldError> errors = new ArrayList<>(requireToken(input.token()));
        errors.addAll(rules.validateNew("/new_password", input.newPassword()));
        return errors;
    }

    @POST
    @Path("/email-verifications")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    public Uni<Response> verifyEmail(byte[] body) {
        var input = bodies.read(body, EmailVerificationInput.class, given -> requireToken(given.token()))
                .value();
        return verifications.verify(input.token()).map(customer -> Response.ok(profile.of(customer))
                .build());
    }

    private static List<FieldError> requireToken(String token) {
        return token == null ? List.of(FieldError.required("/token")) : List.of();
    }
}
