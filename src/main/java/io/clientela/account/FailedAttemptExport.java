package io.clientela.account;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** The exported counters of wrong passwords for a customer's login. */
@Singleton
class FailedAttemptExport implements ExportPart {
    /** {@link FailedAttempts} counts by the hash of the e-mail, or of the customer's id. */
    private static final String OF_CUSTOMER = """
            SELECT count, since FROM failed_attempt
            WHERE tenant_id = ? AND kind = 'account' AND count > 0 AND key IN (
                SELECT encode(sha256(convert_to(account, 'UTF8')), 'hex')
                FROM customer c CROSS JOIN LATERAL (VALUES (cast(c.id AS text)), (c.email_key)) AS named (account)
                WHERE c.tenant_id = ? AND c.id = ? AND account IS NOT NULL)
            ORDER BY since""";

    /** How many wrong passwords were sent since a time. */
    @RegisterForReflection
    record FailedAttempt(int count, Instant since) {}

    @Override
    public String name() {
        return "failed_attempts";
    }

    @Override
    public String explanation() {
        return "How many wrong passwords were sent for the customer's login lately. They are counted to stop people who"
                + " guess passwords.";
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false).add(OF_CUSTOMER, subject.tenant(), subject.tenant(), subject.id());
    }

    @Override
    public Optional<FailedAttempt> value(Row row) {
        return Optional.of(new FailedAttempt(
                row.getInteger("count"), row.getOffsetDateTime("since").toInstant()));
    }
}
