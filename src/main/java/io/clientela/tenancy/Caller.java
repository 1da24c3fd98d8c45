package io.clientela.tenancy;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * The tenant, actor and location of the current request. It is set once, before the resource method runs; all code that
 * reads or writes data takes the tenant from here.
 */
@RequestScoped
public class Caller {
    private String tenant;
    private String actor;
    private String location;
    private boolean confined;
    private String requestId;
    private UUID customer;
    private String dialect;
    private UUID importId;

    /**
     * Sets the caller of the request.
     *
     * @param tenant the tenant whose data the request reads and writes
     * @param actor the token's subject, or null
     * @param location the business location of lists and creates, or null
     * @param confined whether nothing of other locations may be seen or changed
     * @param requestId the request's id, or null outside of a request
     */
    public void set(String tenant, String actor, String location, boolean confined, String requestId) {
        this.tenant = tenant;
        this.actor = actor;
        this.location = location;
        this.confined = confined;
        this.requestId = requestId;
    }

    /** Sets the name of the dialect in which the request is written, or null. */
    public void setDialect(String name) {
        dialect = name;
    }

    /** Returns the name of the dialect in which the request is written; empty for the service's own API. */
    public Optional<String> dialect() {
        return Optional.ofNullable(dialect);
    }

    /** Sets the import whose rows are written. */
    public void setImport(UUID id) {
        importId = id;
    }

    /** Returns the import whose rows are written; empty for a request. */
    public Optional<UUID> importId() {
        return Optional.ofNullable(importId);
    }

    /** Sets the customer who acts: one who proved to be, by a token of its own or a one-time token. */
    public void setCustomer(UUID id) {
        customer = id;
        actor = id.toString();
    }

    /**
     * Returns the customer who acts.
     *
     * @throws IllegalStateException if the caller is not a customer
     */
    public UUID customer() {
        if (customer == null) {
            throw new IllegalStateException("The caller is not a customer");
        }
        return customer;
    }

    /** Returns whether this customer acts. */
    public boolean isCustomer(UUID id) {
        return id.equals(customer);
    }

    /** Returns whether the caller's tenant is known. */
    boolean isKnown() {
        return tenant != null;
    }

    /**
     * Returns the tenant whose data the request reads and writes.
     *
     * @throws IllegalStateException if no tenant is set: all data belongs to a tenant
     */
    public String tenant() {
        if (tenant == null) {
            throw new IllegalStateException("No tenant is set for this unit of work");
        }
        return tenant;
    }

    /** Returns the actor that the history records; empty for a token without a subject. */
    public Optional<String> actor() {
        return Optional.ofNullable(actor);
    }

    /** Returns the business location that lists are narrowed to and where creates go, if any. */
    public Optional<String> location() {
        return Optional.ofNullable(location);
    }

    /** Returns the only business location whose customers the caller may see and change; empty for all. */
    public Optional<String> confinement() {
        return confined ? location() : Optional.empty();
    }

    /** Returns whether the caller may see and change customers at a location; null for those at none. */
    public boolean reaches(String otherLocation) {
        return confinement().map(only -> only.equals(otherLocation)).orElse(true);
    }

    /** Returns the id of the request, which links history and log. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }
}
