package io.clientela.account;

import io.clientela.account.AccountRecords.Login;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Logs customers in. */
@ApplicationScoped
class SessionService {
    private final AccountRecords accounts;
    private final FailedAttempts attempts;
    private final PasswordHashing hashing;
    private final SessionTokens tokens;
    private final Caller caller;

    SessionService(
            AccountRecords accounts,
            FailedAttempts attempts,
            PasswordHashing hashing,
            SessionTokens tokens,
            Caller caller) {
        this.accounts = accounts;
        this.attempts = attempts;
        this.hashing = hashing;
        this.tokens = tokens;
        this.caller = caller;
    }

    /** Returns whether customers can log in: whether there is a key to sign tokens with. */
    boolean isAvailable() {
        return tokens.canIssue();
    }

    /**
     * Logs a customer in. Whatever is wrong, the same statements run and one password is hashed.
     *
     * @param emailKey the e-mail, as its match key
     * @param password the normalised password
     * @param address the network address of the caller
     * @throws ProblemException 401 {@code invalid_credentials}, 429 {@code too_many_attempts}, 503 {@code overloaded}
     */
    Uni<SessionView> logIn(String emailKey, String password, String address) {
        return attempts.limit(emailKey, address, () -> authenticate(emailKey, password))
                .map(login -> login.orElseThrow(AccountProblems::invalidCredentials))
                .chain(login -> tokens.issue(caller.tenant(), login.customer(), login.session()));
    }

    private Uni<Optional<Login>> authenticate(String emailKey, String password) {
        return accounts.byEmail(emailKey).chain(login -> hashing.matches(password, login.map(Login::passwordHash))
                .map(matches -> login.filter(found -> matches && found.open())));
    }
}
