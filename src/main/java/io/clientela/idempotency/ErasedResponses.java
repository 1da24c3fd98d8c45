package io.clientela.idempotency;

import io.clientela.database.TenantStatement;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Erases stored responses with personal data, inside the caller's transaction. The row stays until its time is over: a
 * retry of the request that created the person must not create it again, and is answered with 410 instead.
 */
@Singleton
public class ErasedResponses {
    /** The status of an erased response; no response has it otherwise. */
    static final int STATUS = 410;

    // There is no index for this: responses are kept for hours, and an erasure is rare. The minutes cover hosts whose
    // clocks differ: created_at is by the clock of the host that executed the request.
    private static final String ERASE = """
            UPDATE idempotency_key SET status = %1$d, fingerprint = '', location = NULL, etag = NULL, body = ''
            WHERE tenant_id = $1 AND status <> %1$d AND (
                actor = ANY($2::text[])
                OR body LIKE ANY($3::text[]) OR location LIKE ANY($3::text[])
                OR EXISTS (SELECT FROM unnest($4::text[], $5::timestamptz[], $6::timestamptz[]) AS copy (id, since, until)
                           WHERE created_at BETWEEN copy.since - interval '2 minutes' AND copy.until + interval '2 minutes'
                             AND (strpos(body, copy.id) > 0 OR strpos(location, copy.id) > 0)))""".formatted(STATUS);

    /**
     * Says that values of a person were another customer's for some time.
     *
     * @param customer the other customer
     */
    public record Copy(UUID customer, OffsetDateTime since, OffsetDateTime until) {}

    /**
     * Erases the responses to the customers themselves, those that contain one of these ids, and those of the time of a
     * copy that contain the id of its customer.
     *
     * @param customers ids of customers
     * @param others further ids, such as those of merges, whose responses have values of the customers
     * @return the number of erased responses
     */
    public Uni<Integer> erase(String tenant, Collection<UUID> customers, Collection<UUID> others, List<Copy> copies) {
        var patterns = Stream.concat(customers.stream(), others.stream())
                .map(id -> "%" + id + "%")
                .toArray(String[]::new);
        return TenantStatement.update(
                tenant,
                ERASE,
                customers.stream().map(UUID::toString).toArray(String[]::new),
                patterns,
                copies.stream().map(copy -> copy.customer().toString()).toArray(String[]::new),
                copies.stream().map(Copy::since).toArray(OffsetDateTime[]::new),
                copies.stream().map(Copy::until).toArray(OffsetDateTime[]::new));
    }
}
