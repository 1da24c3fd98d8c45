package io.clientela.tenancy;

import io.quarkus.arc.Arc;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;

/**
 * A row that belongs to a tenant: every entity of this service. Its tenant is the first part of its key, and a filter
 * that is on in every session confines each query and each load by key to the caller's tenant.
 */
@MappedSuperclass
@FilterDef(
        name = TenantOwned.FILTER,
        autoEnabled = true,
        applyToLoadByKey = true,
        defaultCondition = "tenant_id = :tenant",
        parameters = @ParamDef(name = "tenant", type = String.class, resolver = TenantOwned.Current.class))
@Filter(name = TenantOwned.FILTER)
public abstract class TenantOwned extends PanacheEntityBase {
    static final String FILTER = "tenant";

    @Id
    public String tenantId;

    /**
     * Loads a row by its whole key, of which the tenant is a part. The filter would only say the same once more, but
     * under a filter Hibernate translates each statement anew; so it is off for this one.
     */
    protected static <T extends TenantOwned> Uni<Optional<T>> loadByKey(Class<T> type, Object key, String tenant) {
        return Panache.getSession().chain(session -> {
            session.disableFilter(FILTER);
            return session.find(type, key)
                    .onTermination()
                    .invoke(() -> session.enableFilter(FILTER).setParameter("tenant", tenant))
                    .map(Optional::ofNullable);
        });
    }

    /** Gives Hibernate the caller's tenant for the filter; Hibernate makes it by reflection. */
    @RegisterForReflection
    public static class Current implements Supplier<String> {
        @Override
        public String get() {
            return Arc.container().instance(Caller.class).get().tenant();
        }
    }
}
