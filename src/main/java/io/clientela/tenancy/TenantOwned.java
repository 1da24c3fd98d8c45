package io.clientela.tenancy;

import io.quarkus.arc.Arc;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.function.Supplier;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;

/**
 * Superclass of all entities: a row that belongs to a tenant. The tenant is the first part of its key, and a filter,
 * enabled in every session, restricts each query to the caller's tenant. A load by key needs no filter: its key names
 * the tenant. With one, Hibernate would plan each load anew (ADR 10).
 */
@MappedSuperclass
@FilterDef(
        name = TenantOwned.FILTER,
        autoEnabled = true,
        defaultCondition = "tenant_id = :tenant",
        parameters = @ParamDef(name = "tenant", type = String.class, resolver = TenantOwned.Current.class))
@Filter(name = TenantOwned.FILTER)
public abstract class TenantOwned extends PanacheEntityBase {
    static final String FILTER = "tenant";

    @Id
    public String tenantId;

    /** Supplies the caller's tenant to the filter; Hibernate instantiates it by reflection. */
    @RegisterForReflection
    public static class Current implements Supplier<String> {
        @Override
        public String get() {
            return Arc.container().instance(Caller.class).get().tenant();
        }
    }
}
