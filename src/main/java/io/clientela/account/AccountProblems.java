package io.clientela.account;

import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.List;

/** The problems of passwords and sessions. */
final class AccountProblems {
    private AccountProblems() {}

    /** Returns a 401 for a login, the same whatever was wrong. */
    static ProblemException invalidCredentials() {
        return new ProblemException(
                        ProblemCode.INVALID_CREDENTIALS, "No customer can log in with this e-mail and password.")
                .header("WWW-Authenticate", "Bearer");
    }

    /** Returns a 429 for an account or address with too many wrong passwords. */
    static ProblemException tooManyAttempts(int seconds) {
        return new ProblemException(
                        ProblemCode.TOO_MANY_ATTEMPTS,
                        "Too many wrong passwords were sent. Retry later, or reset the password.")
                .header("Retry-After", String.valueOf(seconds));
    }

    /** Returns a 403 for a customer who is blocked or anonymised. */
    static ProblemException blocked() {
        return new ProblemException(ProblemCode.ACCOUNT_BLOCKED, "The customer is blocked or anonymised.");
    }

    /** Returns a 409 for a second customer who would log in with the same e-mail. */
    static ProblemException duplicateLogin() {
        return new ProblemException(
                ProblemCode.DUPLICATE_LOGIN,
                "Another customer with this e-mail has a password. Merge the two, or use another e-mail.");
    }

    /** Returns a 409 for a customer without e-mail. */
    static ProblemException emailRequired() {
        return new ProblemException(
                ProblemCode.EMAIL_REQUIRED, "The customer has no e-mail. Set one, then repeat the request.");
    }

    /** Returns a 422 for a wrong current password. */
    static ProblemException wrongPassword() {
        return ProblemException.invalid("/current_password", "wrong_password", "is not the current password");
    }

    /** Returns a 422 for a one-time token, the same whatever is wrong with it. */
    static ProblemException invalidToken() {
        return ProblemException.invalid(
                List.of(new FieldError("/token", "invalid_token", "is unknown, expired or used; request a new one")));
    }
}
