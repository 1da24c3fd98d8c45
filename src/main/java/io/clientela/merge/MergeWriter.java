package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ActivityTotals;
import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.LockedCustomer;
import io.clientela.http.json.JsonBodies;
import jakarta.inject.Singleton;
import java.util.List;

/** Writes a planned customer to the locked customer. */
@Singleton
class MergeWriter {
    private final CustomerRecords records;
    private final JsonBodies bodies;

    MergeWriter(CustomerRecords records, JsonBodies bodies) {
        this.records = records;
        this.bodies = bodies;
    }

    /**
     * Writes the planned fields and the totals of calls and orders. The fields are not validated again: each was valid
     * when it was stored.
     */
    void write(LockedCustomer customer, ObjectNode planned, ActivityTotals totals) {
        var input = bodies.read(CustomerJson.writable(planned), CustomerFields.class, ignored -> List.of())
                .value();
        records.write(customer, input);
        customer.setEmailVerified(planned.path("email_verified").asBoolean());
        customer.setTotals(totals);
    }
}
