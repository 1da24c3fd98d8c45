package io.clientela.tenancy;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/**
 * For whom and by whom the present request is. It is set once, before any resource runs; everything that reads or
 * writes data asks here which tenant it is for.
 */
@RequestScoped
public class Caller {
    private String tenant;
    private String actor;
    private String location;
    private boolean confined;
    private String requestId;

    /**
     * Says who calls.
     *
     * @param tenant the tenant whose data this request is about
     * @param actor the token's subject, or null
     * @param location the business location of lists and creates, or null
     * @param confined whether nothing of other locations may be seen or changed
     * @param requestId the request's id, or null where there is no request
     */
    public void set(String tenant, String actor, String location, boolean confined, String requestId) {
        this.tenant = tenant;
        this.actor = actor;
        this.location = location;
        this.confined = confined;
        this.requestId = requestId;
    }

    /**
     * The tenant whose data this request is about.
     *
     * @throws IllegalStateException if nobody has said so: there is no data without a tenant
     */
    public String tenant() {
        if (tenant == null) {
            throw new IllegalStateException("No tenant is set for this unit of work");
        }
        return tenant;
    }

    /** Who acts, as the history names them; empty for a token without subject. */
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

    /** The id of the request, by which the history leads back to the log. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }
}
