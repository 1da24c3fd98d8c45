package io.clientela.account;

import io.clientela.http.json.JsonBodies;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Changes the password of the customer who acts, as all APIs do it. */
@Singleton
public class OwnPassword {
    private final PasswordService passwords;
    private final PasswordRules rules;
    private final JsonBodies bodies;

    OwnPassword(PasswordService passwords, PasswordRules rules, JsonBodies bodies) {
        this.passwords = passwords;
        this.rules = rules;
        this.bodies = bodies;
    }

    /**
     * Changes the password, which ends all sessions.
     *
     * @param exchange the request, whose network address counts wrong passwords
     * @param body {@code current_password} and {@code new_password}
     * @throws ProblemException 400, 422 for a wrong current password, 429 {@code too_many_attempts}, 503
     *     {@code overloaded}
     */
    public Uni<Void> change(RoutingContext exchange, byte[] body) {
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
