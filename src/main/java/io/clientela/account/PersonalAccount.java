package io.clientela.account;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.MergeTrace;
import io.clientela.customer.PersonalData;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Erases what a person logs in with, and refuses every token that the person has. */
@Singleton
class PersonalAccount implements PersonalData {
    private static final String LOGIN = "login";

    private static final String ERASE_PASSWORD = """
            UPDATE customer_account SET email_key = NULL, password_hash = NULL
            WHERE tenant_id = $1 AND customer_id = ANY($2::uuid[]) AND password_hash IS NOT NULL""";

    /** Also for a customer without an account, who may have a token of another issuer. */
    private static final String END_SESSIONS = """
            INSERT INTO customer_account AS a (tenant_id, customer_id, session, tokens_from)
            SELECT $1, id, 1, clock_timestamp() FROM customer WHERE tenant_id = $1 AND id = ANY($2::uuid[])
            ON CONFLICT (tenant_id, customer_id) DO UPDATE SET session = a.session + 1, tokens_from = excluded.tokens_from""";

    private static final String DELETE_TOKENS =
            "DELETE FROM customer_token WHERE tenant_id = $1 AND customer_id = ANY($2::uuid[])";

    /** Tokens of customers who had an e-mail of the person while they were merged, and do not have it any more. */
    private static final String DELETE_COPIED_TOKENS = """
            DELETE FROM customer_token t USING customer c
            WHERE t.tenant_id = $1 AND t.customer_id <> ALL($2::uuid[]) AND t.customer_id = ANY($3::uuid[])
              AND t.email_key = ANY($4::text[])
              AND c.tenant_id = $1 AND c.id = t.customer_id AND c.email_key IS DISTINCT FROM t.email_key""";

    private static final String DELETE_ATTEMPTS = """
            DELETE FROM failed_attempt WHERE tenant_id = $1 AND kind = 'account' AND cardinality($2::uuid[]) > 0
              AND key = ANY($3::text[])""";

    @Override
    public Uni<Set<String>> erase(ErasedPerson person) {
        return PersonalData.all(List.of(
                person.erase(LOGIN, ERASE_PASSWORD),
                person.erase(LOGIN, END_SESSIONS).replaceWith(Set.of()),
                person.erase(LOGIN, DELETE_TOKENS),
                person.erase(
                        LOGIN,
                        DELETE_COPIED_TOKENS,
                        person.copies().stream().map(MergeTrace::target).toArray(UUID[]::new),
                        person.emailKeys().toArray(String[]::new)),
                person.erase(LOGIN, DELETE_ATTEMPTS, (Object) accountKeys(person))));
    }

    private static String[] accountKeys(ErasedPerson person) {
        return Stream.concat(person.emailKeys().stream(), person.ids().stream().map(UUID::toString))
                .map(FailedAttempts::key)
                .toArray(String[]::new);
    }
}
