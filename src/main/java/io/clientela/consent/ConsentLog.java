package io.clientela.consent;

import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * Records each change of a consent, in the transaction of the change: what the customer wants from then on, who said
 * so, when and how (GDPR art. 7(1), LGPD art. 8 §2).
 */
@ApplicationScoped
class ConsentLog implements ChangeLog {
    private static final String INSERT = """
            INSERT INTO customer_consent (tenant_id, actor, request_id, customer_id, customer_version, preference, granted,
                at, source)
            SELECT $1, $2, $3, consent.*
            FROM unnest($4::uuid[], $5::bigint[], $6::text[], $7::boolean[], $8::timestamptz[], $9::text[]) AS consent""";

    private final Caller caller;

    ConsentLog(Caller caller) {
        this.caller = caller;
    }

    /** Writes the consents of all changes by one statement, and by none if no preference changed. */
    @Override
    public Uni<Void> write(List<CustomerChange> changes) {
        var consents = Consent.of(changes);
        return consents.isEmpty()
                ? Uni.createFrom().voidItem()
                : TenantStatement.update(
                                caller.tenant(),
                                INSERT,
                                caller.actor().orElse(null),
                                caller.requestId().orElse(null),
                                TenantStatement.column(consents, UUID[]::new, consent -> consent.change()
                                        .customerId()),
                                TenantStatement.column(consents, Long[]::new, consent -> consent.change()
                                        .version()),
                                TenantStatement.column(consents, String[]::new, Consent::preference),
                                TenantStatement.column(consents, Boolean[]::new, consent -> consent.granted()
                                        .orElse(null)),
                                TenantStatement.column(consents, OffsetDateTime[]::new, consent -> consent.change()
                                        .at()
                                        .atOffset(ZoneOffset.UTC)),
                                TenantStatement.column(
                                        consents, String[]::new, consent -> ConsentSource.of(consent.change(), caller)
                                                .toString()))
                        .replaceWithVoid();
    }
}
