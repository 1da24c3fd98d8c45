package io.clientela.customer;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Writes that a customer's personal data was erased: the row without it, and the event, which has none either. */
@Singleton
public class CustomerErasure {
    private static final String ANONYMIZED = "anonymized";

    private final CustomerRecords records;

    CustomerErasure(CustomerRecords records) {
        this.records = records;
    }

    /** Erases the personal data of a locked customer's row, under the next version. */
    public Uni<CustomerView> erase(LockedCustomer customer) {
        customer.entity().anonymize();
        return records.save(customer, CustomerChange.ERASED, anonymized(), CustomerJson.emptyObject());
    }

    /**
     * Logs that the history of a deleted customer was erased.
     *
     * @param lastVersion the version of the customer's last event
     */
    public Uni<Void> logDeleted(UUID customer, long lastVersion) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return records.log(List.of(new CustomerChange(
                CustomerChange.ERASED, customer, lastVersion + 1, now, anonymized(), CustomerJson.emptyObject())));
    }

    private static ObjectNode anonymized() {
        var changes = CustomerJson.emptyObject();
        changes.putObject(ANONYMIZED).<ObjectNode>set("from", BooleanNode.FALSE).set("to", BooleanNode.TRUE);
        return changes;
    }
}
