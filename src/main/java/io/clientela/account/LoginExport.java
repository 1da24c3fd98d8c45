package io.clientela.account;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** The exported login of a customer, without the hash of the password. */
@Singleton
class LoginExport implements ExportPart {
    private static final String OF_CUSTOMER =
            "SELECT password_hash IS NOT NULL AS password, email_key, session, tokens_from"
                    + " FROM customer_account WHERE tenant_id = ? AND customer_id = ?";

    /** What a customer logs in with. */
    @RegisterForReflection
    record Login(boolean hasPassword, String email, long session, Instant tokensFrom) {}

    @Override
    public String name() {
        return "login";
    }

    @Override
    public String explanation() {
        return "Whether the customer has a password, of which only a hash is stored, and the e-mail to log in with."
                + " Sessions are not stored: a token is of the current one if it names the number in `session`, and"
                + " tokens of other issuers are accepted from `tokens_from`. Null if the customer never had a login.";
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false).add(OF_CUSTOMER, subject.tenant(), subject.id());
    }

    @Override
    public Optional<Login> value(Row row) {
        return Optional.of(new Login(
                row.getBoolean("password"),
                row.getString("email_key"),
                row.getLong("session"),
                row.getOffsetDateTime("tokens_from").toInstant()));
    }

    @Override
    public boolean isList() {
        return false;
    }
}
