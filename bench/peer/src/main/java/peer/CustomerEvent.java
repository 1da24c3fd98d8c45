package peer;

import java.time.Instant;
import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** What happened to a customer: a row of the history. */
@Table("customer_event")
record CustomerEvent(
        String tenantId,
        @Id UUID id,
        UUID customerId,
        long customerVersion,
        String type,
        Instant at,
        String actor,
        String requestId,
        String changes) {}
