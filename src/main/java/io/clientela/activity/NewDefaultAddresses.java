package io.clientela.activity;

import io.clientela.database.TenantStatement;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Which of many new addresses are their customers' default addresses: the first one, or the last that is to be. */
final class NewDefaultAddresses implements NewItemDefaults<CustomerAddress, AddressInput> {
    private static final String CLEAR = "UPDATE customer_address SET is_default = false, updated_at = now()"
            + " WHERE tenant_id = $1 AND customer_id = ANY(" + TenantStatement.array(2, "uuid") + ") AND is_default";

    private final String tenant;
    private final Set<UUID> withAddress;
    private final Map<UUID, CustomerAddress> defaults = new HashMap<>();

    /** Begins with the customers that have an address. */
    NewDefaultAddresses(String tenant, Set<UUID> withAddress) {
        this.tenant = tenant;
        this.withAddress = new HashSet<>(withAddress);
    }

    @Override
    public AddressInput resolve(CustomerAddress item, AddressInput input) {
        boolean isFirst = withAddress.add(item.customerId);
        boolean isDefault = Objects.requireNonNullElse(input.isDefault(), isFirst);
        if (isDefault) {
            var before = defaults.put(item.customerId, item);
            if (before != null) {
                before.isDefault = false;
                before.touch();
            }
        }
        return input.withDefault(isDefault);
    }

    @Override
    public Uni<Void> save() {
        return defaults.isEmpty()
                ? Uni.createFrom().voidItem()
                : TenantStatement.update(
                                tenant, CLEAR, (Object) defaults.keySet().toArray(UUID[]::new))
                        .replaceWithVoid();
    }
}
