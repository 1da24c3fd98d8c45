package io.clientela.account;

import io.clientela.account.AccountRecords.State;
import io.clientela.http.Filters;
import io.clientela.http.json.Ids;
import io.clientela.http.problem.ProblemException;
import io.clientela.security.Bearer;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Checks, before each operation on a customer's own data, the customer whom the token names: by one statement, since a
 * password change, a block or an erasure must end all tokens at once. Tokens of this service must be of the current
 * session; tokens of other issuers must not be older than it.
 */
public class OwnCustomerFilter {
    private final CurrentIdentityAssociation identity;
    private final Caller caller;
    private final AccountRecords accounts;

    OwnCustomerFilter(CurrentIdentityAssociation identity, Caller caller, AccountRecords accounts) {
        this.identity = identity;
        this.caller = caller;
        this.accounts = accounts;
    }

    /**
     * Sets the customer who acts.
     *
     * @return a response that ends the request, which is never given
     * @throws AuthenticationFailedException if the token names no customer of the tenant and location, or is of an
     *     earlier session
     * @throws ProblemException 403 {@code account_blocked} if the customer is blocked or anonymised
     */
    @ServerRequestFilter(priority = Filters.ACCOUNT)
    @OwnCustomer
    public Uni<Response> check() {
        var bearer = (Bearer) identity.getIdentity().getPrincipal();
        var id = bearer.subject().flatMap(Ids::parse).orElseThrow(AuthenticationFailedException::new);
        return accounts.state(id)
                .invoke(state -> admit(id, bearer, state.orElseThrow(AuthenticationFailedException::new)))
                .replaceWith((Response) null);
    }

    private void admit(UUID id, Bearer bearer, State customer) {
        if (!caller.reaches(customer.location().orElse(null))) {
            throw new AuthenticationFailedException();
        }
        if (customer.blocked()) {
            throw AccountProblems.blocked();
        }
        boolean isCurrent = bearer.session().isPresent()
                ? bearer.session().equals(customer.session())
                : !bearer.issuedAt()
                        .orElse(Instant.MIN)
                        .isBefore(customer.tokensFrom().orElse(Instant.MIN));
        if (!isCurrent) {
            throw new AuthenticationFailedException();
        }
        caller.setCustomer(id);
    }
}
