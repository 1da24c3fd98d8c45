package io.clientela.event;

import io.clientela.history.Subject;
import io.clientela.security.Bearer;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Which events a caller may read, as the other operations show their subjects. */
@ApplicationScoped
class EventScope {
    private static final Set<String> OF_ADMINISTRATORS = Set.of(Subject.API_KEY, Subject.WEBHOOK);

    private final Caller caller;
    private final CurrentIdentityAssociation identity;

    EventScope(Caller caller, CurrentIdentityAssociation identity) {
        this.caller = caller;
        this.identity = identity;
    }

    /** Returns the events of these types that the caller may read. */
    EventFilter filter(Set<String> types) {
        var bearer = (Bearer) identity.getIdentity().getPrincipal();
        return new EventFilter(
                types, caller.location(), bearer.scopes().contains(Scopes.ADMIN) ? Set.of() : OF_ADMINISTRATORS);
    }
}
