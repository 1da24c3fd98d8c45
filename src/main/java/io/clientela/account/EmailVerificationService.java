package io.clientela.account;

import io.clientela.account.OneTimeTokens.Purpose;
import io.clientela.customer.CustomerChange;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.CustomerView;
import io.clientela.database.Database;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Verifies e-mails by one-time tokens that were sent to them. */
@ApplicationScoped
class EmailVerificationService {
    private final Database database;
    private final CustomerRecords customers;
    private final OneTimeTokens tokens;

    EmailVerificationService(Database database, CustomerRecords customers, OneTimeTokens tokens) {
        this.database = database;
        this.customers = customers;
        this.tokens = tokens;
    }

    /**
     * Marks the e-mail as verified for which a token was issued.
     *
     * @throws ProblemException 422 if the token is unknown, expired, spent, or was issued for another e-mail; 403
     *     {@code account_blocked}
     */
    Uni<CustomerView> verify(String token) {
        return tokens.owner(token, Purpose.EMAIL_VERIFICATION)
                .chain(owner -> database.transaction(() -> tokens.spend(token, Purpose.EMAIL_VERIFICATION, owner)
                        .invoke(customer -> customer.setEmailVerified(true))
                        .chain(customer -> customers.save(customer, CustomerChange::typeOf))));
    }
}
