package peer;

import java.time.Instant;
import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** A row of the history: one change to a customer. */
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
