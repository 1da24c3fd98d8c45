package io.clientela.account;

import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.CustomerStatus;
import io.clientela.customer.Identifier;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.Constraints;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes what customers log in with: the table {@code customer_account}. Each statement names the tenant. */
@Singleton
class AccountRecords {
    /** The type of the event of a new password, which has no changes: no part of a password is ever recorded. */
    static final String PASSWORD_CHANGED = "customer.password_changed";

    /** The unique index of the e-mails that customers log in with. */
    static final String LOGIN_KEY = "customer_account_login";

    private static final String BY_EMAIL = """
            SELECT c.id, a.password_hash, a.session, c.status, c.anonymized
            FROM customer_account a JOIN customer c ON c.tenant_id = a.tenant_id AND c.id = a.customer_id
            WHERE a.tenant_id = $1 AND a.email_key = $2""";

    private static final String PASSWORD_HASH = "SELECT password_hash FROM customer_account"
            + " WHERE tenant_id = $1 AND customer_id = $2 AND password_hash IS NOT NULL";

    private static final String STATE = """
            SELECT c.status, c.anonymized, c.location_id, a.session, a.tokens_from
            FROM customer c LEFT JOIN customer_account a ON a.tenant_id = c.tenant_id AND a.customer_id = c.id
            WHERE c.tenant_id = $1 AND c.id = $2""";

    private static final String SET_PASSWORD = """
            INSERT INTO customer_account AS a (tenant_id, customer_id, email_key, password_hash, session, tokens_from)
            VALUES ($1, $2, $3, $4, 1, clock_timestamp())
            ON CONFLICT (tenant_id, customer_id) DO UPDATE SET email_key = excluded.email_key,
                password_hash = excluded.password_hash, session = a.session + 1, tokens_from = excluded.tokens_from""";

    /**
     * A customer with a password.
     *
     * @param session the current session, which tokens name
     * @param open whether the customer may log in: is neither blocked nor anonymised
     */
    record Login(UUID customer, String passwordHash, long session, boolean open) {}

    /**
     * What decides whether a customer's token is accepted.
     *
     * @param blocked whether the customer is blocked or anonymised
     * @param location the customer's business location
     * @param session the current session of tokens of this service; empty if there never was one
     * @param tokensFrom the time from which tokens of other issuers are accepted
     */
    record State(boolean blocked, Optional<String> location, Optional<Long> session, Optional<Instant> tokensFrom) {}

    private final Database database;
    private final Caller caller;
    private final CustomerRecords customers;

    AccountRecords(Database database, Caller caller, CustomerRecords customers) {
        this.database = database;
        this.caller = caller;
        this.customers = customers;
    }

    /** Returns the customer with a password who has this e-mail, as its match key. */
    Uni<Optional<Login>> byEmail(String emailKey) {
        return database.queryUnauthenticated(BY_EMAIL, Tuple.of(caller.tenant(), emailKey))
                .map(rows -> first(rows)
                        .map(row -> new Login(
                                row.getUUID("id"),
                                row.getString("password_hash"),
                                row.getLong("session"),
                                !isBlocked(row))));
    }

    /** Returns the hash of a customer's password, if there is one. */
    Uni<Optional<String>> passwordHash(UUID customer) {
        return database.query(PASSWORD_HASH, Tuple.of(caller.tenant(), customer))
                .map(rows -> first(rows).map(row -> row.getString(0)));
    }

    /** Returns the same in the current transaction, which has locked the customer. */
    Uni<Optional<String>> lockedPasswordHash(UUID customer) {
        return TenantStatement.query(caller.tenant(), PASSWORD_HASH, customer)
                .map(rows -> rows.stream().findFirst().map(row -> (String) row[0]));
    }

    /** Returns the state of a customer; empty if the tenant has none with this id. */
    Uni<Optional<State>> state(UUID customer) {
        return database.query(STATE, Tuple.of(caller.tenant(), customer)).map(rows -> first(rows)
                .map(row -> new State(
                        isBlocked(row),
                        Optional.ofNullable(row.getString("location_id")),
                        Optional.ofNullable(row.getLong("session")),
                        Optional.ofNullable(row.getOffsetDateTime("tokens_from"))
                                .map(from -> from.toInstant()))));
    }

    /**
     * Stores the hash of a locked customer's new password, which ends its sessions, and records the event.
     *
     * @throws ProblemException 409 {@code email_required} or {@code duplicate_login}
     */
    Uni<Void> setPassword(LockedCustomer customer, String hash) {
        var email = emailKey(customer).orElseThrow(AccountProblems::emailRequired);
        return TenantStatement.update(caller.tenant(), SET_PASSWORD, customer.id(), email, hash)
                .onFailure(failure -> Constraints.isViolated(LOGIN_KEY, failure))
                .transform(failure -> AccountProblems.duplicateLogin())
                .chain(() -> customers.save(customer, PASSWORD_CHANGED, CustomerJson.emptyObject()))
                .replaceWithVoid();
    }

    /** Returns the match key of a customer's e-mail. */
    static Optional<String> emailKey(LockedCustomer customer) {
        return customer.identifiers().stream()
                .filter(identifier -> identifier.kind() == Identifier.Kind.EMAIL)
                .map(Identifier::key)
                .findFirst();
    }

    /** Returns whether a customer is neither blocked nor anonymised. */
    static boolean isOpen(LockedCustomer customer) {
        var view = customer.view();
        return !view.state().anonymized() && view.fields().status() != CustomerStatus.BLOCKED;
    }

    private static boolean isBlocked(Row row) {
        return row.getBoolean("anonymized") || row.getString("status").equals(CustomerStatus.BLOCKED.toString());
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.stream().findFirst();
    }
}
