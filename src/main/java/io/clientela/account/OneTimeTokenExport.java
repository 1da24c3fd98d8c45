package io.clientela.account;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** The exported one-time tokens of a customer, without their hashes. */
@Singleton
class OneTimeTokenExport implements ExportPart {
    private static final String OF_CUSTOMER = "SELECT purpose, email_key, expires_at FROM customer_token"
            + " WHERE tenant_id = ? AND customer_id = ? ORDER BY purpose";

    /** A one-time token that is not spent. */
    @RegisterForReflection
    record OneTimeToken(String purpose, String email, Instant expiresAt) {}

    @Override
    public String name() {
        return "one_time_tokens";
    }

    @Override
    public String explanation() {
        return "Tokens with which the customer can verify an e-mail or set a new password once. Only their hashes are"
                + " stored.";
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false).add(OF_CUSTOMER, subject.tenant(), subject.id());
    }

    @Override
    public Optional<OneTimeToken> value(Row row) {
        return Optional.of(new OneTimeToken(
                row.getString("purpose"),
                row.getString("email_key"),
                row.getOffsetDateTime("expires_at").toInstant()));
    }
}
