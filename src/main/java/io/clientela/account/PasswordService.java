package io.clientela.account;

import io.clientela.account.OneTimeTokens.Purpose;
import io.clientela.customer.CustomerLocks;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.Database;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Sets passwords, which arrive validated and normalised. A password is hashed before its transaction begins, so that no
 * connection waits for a hash. Every new password ends all sessions.
 */
@ApplicationScoped
class PasswordService {
    private final Database database;
    private final Caller caller;
    private final CustomerLocks locks;
    private final AccountRecords accounts;
    private final OneTimeTokens tokens;
    private final PasswordHashing hashing;
    private final FailedAttempts attempts;

    PasswordService(
            Database database,
            Caller caller,
            CustomerLocks locks,
            AccountRecords accounts,
            OneTimeTokens tokens,
            PasswordHashing hashing,
            FailedAttempts attempts) {
        this.database = database;
        this.caller = caller;
        this.locks = locks;
        this.accounts = accounts;
        this.tokens = tokens;
        this.hashing = hashing;
        this.attempts = attempts;
    }

    /**
     * Sets a customer's password.
     *
     * @throws ProblemException 404, 409 {@code merged}, {@code email_required} or {@code duplicate_login}, 503
     *     {@code overloaded}
     */
    Uni<Void> set(UUID customer, String password) {
        return hashing.hash(password)
                .chain(hash ->
                        database.transaction(() -> locks.lock(customer, null).chain(locked -> store(locked, hash))));
    }

    /**
     * Changes the password of the customer who acts.
     *
     * @param address the network address of the caller
     * @throws ProblemException 422 for a wrong current password, 429 {@code too_many_attempts}, 503 {@code overloaded}
     */
    Uni<Void> change(String currentPassword, String newPassword, String address) {
        var customer = caller.customer();
        return attempts.limit(customer.toString(), address, () -> accounts.passwordHash(customer)
                        .chain(hash ->
                                hashing.matches(currentPassword, hash).map(matches -> hash.filter(found -> matches))))
                .map(checked -> checked.orElseThrow(AccountProblems::wrongPassword))
                .chain(checked -> hashing.hash(newPassword)
                        .chain(hash -> database.transaction(() -> locks.lock(customer, null)
                                .call(() -> requireUnchanged(customer, checked))
                                .chain(locked -> store(locked, hash)))));
    }

    /** Of two changes at the same time, the second one was checked against a password that is no longer current. */
    private Uni<Void> requireUnchanged(UUID customer, String checked) {
        return accounts.lockedPasswordHash(customer)
                .invoke(current -> {
                    if (!current.equals(Optional.of(checked))) {
                        throw AccountProblems.wrongPassword();
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Sets the password of the customer to whom a one-time token was issued.
     *
     * @throws ProblemException 422 if the token is unknown, expired or spent, 403 {@code account_blocked}, 409
     *     {@code duplicate_login}, 503 {@code overloaded}
     */
    Uni<Void> reset(String token, String password) {
        return tokens.owner(token, Purpose.PASSWORD_RESET).chain(owner -> hashing.hash(password)
                .chain(hash -> database.transaction(() ->
                        tokens.spend(token, Purpose.PASSWORD_RESET, owner).chain(locked -> store(locked, hash)))));
    }

    private Uni<Void> store(LockedCustomer customer, String hash) {
        return accounts.setPassword(customer, hash).chain(() -> tokens.revoke(customer.id(), Purpose.PASSWORD_RESET));
    }
}
