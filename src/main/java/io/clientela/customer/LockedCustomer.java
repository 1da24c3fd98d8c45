package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A customer whose row the present transaction holds, and what they were like when it got hold of it. Changes are made
 * here and written by {@link CustomerRecords#save}.
 */
public final class LockedCustomer {
    private final Customer customer;
    private ObjectNode before;
    private boolean created;
    private boolean detached;

    LockedCustomer(Customer customer, ObjectNode before) {
        this.customer = customer;
        this.before = before;
    }

    /** A customer whom the present transaction made. */
    static LockedCustomer created(Customer customer, ObjectNode now) {
        var locked = new LockedCustomer(customer, now);
        locked.created = true;
        return locked;
    }

    /** A customer who came back: before, they were as their row says, and so they are to be again. */
    static LockedCustomer restored(Customer customer, ObjectNode now, ObjectNode row) {
        now.set("external_id", row.get("external_id"));
        now.set("cluster_id", row.get("cluster_id"));
        return new LockedCustomer(customer, now);
    }

    /** Gives a customer who was brought back what had to stay away: the external id, and the cluster if it still is. */
    public void restoreUniqueFields(boolean clusterIsThere) {
        customer.externalId = before.path("external_id").textValue();
        customer.clusterId = clusterIsThere ? mainCluster().orElse(null) : null;
    }

    /** The main cluster that the customer had when they were locked. */
    public Optional<UUID> mainCluster() {
        return Optional.ofNullable(before.path("cluster_id").textValue()).map(UUID::fromString);
    }

    public UUID id() {
        return customer.id;
    }

    /** The customer as they are by now, as callers read them. */
    public CustomerView view() {
        return customer.view();
    }

    /** The customer as they were when they were locked, or last saved, as callers read them. */
    public ObjectNode before() {
        return before;
    }

    /** By what the customer is recognised by now. */
    public Set<Identifier> identifiers() {
        return customer.identifiers();
    }

    /** What the customer's calls and orders come to. */
    public ActivityTotals totals() {
        return customer.totals;
    }

    /** Sets what the customer's calls and orders come to. */
    public void setTotals(ActivityTotals totals) {
        customer.totals = totals;
    }

    /** Sets the customer's main cluster; null for none. */
    public void setCluster(UUID cluster) {
        customer.clusterId = cluster;
    }

    /** Says whether the customer is known to read this e-mail; after {@code write}, which takes that back. */
    public void setEmailVerified(boolean verified) {
        customer.emailVerified = verified;
    }

    /** Whether changes made here are no longer written. */
    public boolean isDetached() {
        return detached;
    }

    /** Leaves a customer as they are in the database; one who is not there yet is as they are here. */
    void detachIfStored(Mutiny.Session session) {
        if (!created) {
            detach(session);
        }
    }

    void detach(Mutiny.Session session) {
        session.detach(customer);
        detached = true;
    }

    Customer entity() {
        return customer;
    }

    void saved(ObjectNode now) {
        before = now;
    }
}
