package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ActivityTotals;
import io.clientela.customer.CustomerInput;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.LockedCustomer;
import io.clientela.http.json.JsonBodies;
import jakarta.inject.Singleton;
import java.util.List;

/** Makes a customer what a plan says. */
@Singleton
class MergeWriter {
    private final CustomerRecords records;
    private final JsonBodies bodies;

    MergeWriter(CustomerRecords records, JsonBodies bodies) {
        this.records = records;
        this.bodies = bodies;
    }

    /**
     * Takes over a planned customer, and what their calls and orders come to. What each of the fields may be was judged
     * when it came.
     */
    void write(LockedCustomer customer, ObjectNode planned, ActivityTotals totals) {
        var input = bodies.read(CustomerJson.writable(planned), CustomerInput.class, any -> List.of())
                .value();
        records.write(customer, input);
        customer.setEmailVerified(planned.path("email_verified").asBoolean());
        customer.setTotals(totals);
    }
}
