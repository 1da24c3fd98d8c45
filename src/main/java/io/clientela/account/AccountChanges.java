package io.clientela.account;

import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.customer.CustomerStatus;
import io.clientela.database.Constraints;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Keeps accounts in step with their customers, in the transaction of the change: who is blocked loses all tokens, and
 * who has a new e-mail logs in with that one. A new customer has no account; the account of a deleted one goes with it.
 */
@ApplicationScoped
class AccountChanges implements ChangeLog {
    private static final String END_SESSIONS = """
            INSERT INTO customer_account AS a (tenant_id, customer_id, session, tokens_from)
            SELECT $1, blocked.id, 1, clock_timestamp() FROM unnest($2::uuid[]) AS blocked (id)
            ON CONFLICT (tenant_id, customer_id) DO UPDATE SET session = a.session + 1, tokens_from = excluded.tokens_from""";

    private static final String SET_EMAILS = """
            UPDATE customer_account a SET email_key = c.email_key FROM customer c
            WHERE a.tenant_id = $1 AND a.customer_id = ANY(%s) AND a.password_hash IS NOT NULL
              AND c.tenant_id = $1 AND c.id = a.customer_id""".formatted(TenantStatement.array(2, "uuid"));

    private final Caller caller;

    AccountChanges(Caller caller) {
        this.caller = caller;
    }

    /**
     * Writes the changes of accounts.
     *
     * @throws ProblemException 409 {@code duplicate_login} if a customer with a password got the e-mail of another one
     *     with a password
     */
    @Override
    public Uni<Void> write(List<CustomerChange> changes) {
        return TenantStatement.pipelined(List.of(
                execute(END_SESSIONS, changes, AccountChanges::blocks),
                execute(SET_EMAILS, changes, change -> change.changes().has("email"))
                        .onFailure(failure -> Constraints.isViolated(AccountRecords.LOGIN_KEY, failure))
                        .transform(failure -> AccountProblems.duplicateLogin())));
    }

    private static boolean blocks(CustomerChange change) {
        return CustomerStatus.BLOCKED
                .toString()
                .equals(change.changes().path("status").path("to").textValue());
    }

    private Uni<Void> execute(String statement, List<CustomerChange> changes, Predicate<CustomerChange> concerned) {
        var ids = changes.stream()
                .filter(change -> hadAccount(change) && concerned.test(change))
                .map(CustomerChange::customerId)
                .distinct()
                .toArray(UUID[]::new);
        return ids.length == 0
                ? Uni.createFrom().voidItem()
                : TenantStatement.update(caller.tenant(), statement, (Object) ids)
                        .replaceWithVoid();
    }

    private static boolean hadAccount(CustomerChange change) {
        return !change.type().equals(CustomerChange.CREATED) && !change.type().equals(CustomerChange.DELETED);
    }
}
