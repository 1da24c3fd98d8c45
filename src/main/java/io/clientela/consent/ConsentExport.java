package io.clientela.consent;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The exported consents of a customer and of those who were merged into them. */
@Singleton
class ConsentExport implements ExportPart {
    private static final String OF_CUSTOMERS = """
            SELECT customer_id, preference, granted, at, actor, source, request_id, customer_version
            FROM customer_consent WHERE tenant_id = ? AND customer_id = ANY(?)
            ORDER BY customer_id, preference, customer_version""";

    /**
     * What a customer wanted from a time on.
     *
     * @param granted null if it is unknown again
     */
    @RegisterForReflection
    record Consent(
            UUID customerId,
            String preference,
            Boolean granted,
            Instant at,
            String actor,
            String source,
            String requestId,
            long version) {}

    @Override
    public String name() {
        return "consents";
    }

    @Override
    public String explanation() {
        return "Which contacts the customer consented to or refused, since when, and who recorded it from which source:"
                + " the evidence of consent that the law asks for (GDPR, article 7; LGPD, article 8).";
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false).add(OF_CUSTOMERS, subject.tenant(), subject.idArray());
    }

    @Override
    public Optional<Consent> value(Row row) {
        return Optional.of(new Consent(
                row.getUUID("customer_id"),
                row.getString("preference"),
                row.getBoolean("granted"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("source"),
                row.getString("request_id"),
                row.getLong("customer_version")));
    }
}
