package io.clientela.activity;

import io.clientela.customer.ActivityTotals;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.FieldError;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The item type of addresses. A customer has at most one default address. */
@Singleton
class AddressType extends ItemType<CustomerAddress, AddressInput, AddressView> {
    private static final Definition<CustomerAddress, AddressInput, AddressView> DEFINITION = new Definition<>(
            "address",
            "addresses",
            new ItemTable<>(
                    "customer_address",
                    "id, customer_id, label, line1, line2, district, city, state, postal_code, country, is_default,"
                            + " created_at, updated_at",
                    "created_at",
                    false,
                    100,
                    AddressType::view),
            CustomerAddress.class,
            AddressInput.class,
            AddressInput.FIELDS,
            Set.of());

    private static final String HAS_ADDRESS =
            "SELECT EXISTS (SELECT 1 FROM customer_address WHERE tenant_id = $1 AND customer_id = $2)";

    private static final String WITH_ADDRESS = "SELECT DISTINCT customer_id FROM customer_address"
            + " WHERE tenant_id = $1 AND customer_id = ANY(" + TenantStatement.array(2, "uuid") + ")";

    private final Activity activity;

    AddressType(Database database, Activity activity) {
        super(database, DEFINITION);
        this.activity = activity;
    }

    @Override
    List<FieldError> validatePatch(AddressInput input) {
        return IsoCodes.checkCountry("/country", input.country());
    }

    @Override
    List<FieldError> missing(AddressInput input, boolean isNew) {
        boolean hasLocation = Stream.of(
                        input.line1(),
                        input.line2(),
                        input.district(),
                        input.city(),
                        input.state(),
                        input.postalCode(),
                        input.country())
                .anyMatch(part -> part != null && !part.isBlank());
        return hasLocation
                ? List.of()
                : List.of(FieldError.required("/line1", "is required unless another field of the location is present"));
    }

    @Override
    Optional<String> externalId(AddressInput input) {
        return Optional.empty();
    }

    @Override
    Optional<String> externalIdOf(CustomerAddress item) {
        return Optional.empty();
    }

    @Override
    CustomerAddress newEntity() {
        return new CustomerAddress();
    }

    @Override
    Uni<AddressInput> resolveDefaults(CustomerAddress item, AddressInput input, boolean isNew) {
        return isDefault(item, input, isNew).chain(becomesDefault -> {
            var resolved = input.withDefault(becomesDefault);
            return becomesDefault && !item.isDefault
                    ? activity.setDefaultAddress(item.customerId, null).replaceWith(resolved)
                    : Uni.createFrom().item(resolved);
        });
    }

    @Override
    Uni<NewItemDefaults<CustomerAddress, AddressInput>> newItemDefaults(String tenant, Collection<UUID> customers) {
        return TenantStatement.query(tenant, WITH_ADDRESS, (Object) customers.toArray(UUID[]::new))
                .map(rows -> new NewDefaultAddresses(
                        tenant, rows.stream().map(row -> (UUID) row[0]).collect(Collectors.toSet())));
    }

    private static Uni<Boolean> isDefault(CustomerAddress item, AddressInput input, boolean isNew) {
        if (input.isDefault() != null || !isNew) {
            return Uni.createFrom().item(Objects.requireNonNullElse(input.isDefault(), false));
        }
        return TenantStatement.query(item.tenantId, HAS_ADDRESS, item.customerId)
                .map(rows -> !(Boolean) rows.get(0)[0]);
    }

    @Override
    void write(CustomerAddress item, AddressInput input) {
        item.label = input.label();
        item.line1 = input.line1();
        item.line2 = input.line2();
        item.district = input.district();
        item.city = input.city();
        item.state = input.state();
        item.postalCode = input.postalCode();
        item.country = input.country();
        item.isDefault = input.isDefault();
    }

    @Override
    ActivityTotals addTo(ActivityTotals totals, CustomerAddress item) {
        return totals;
    }

    @Override
    AddressView view(CustomerAddress item) {
        return new AddressView(
                item.id,
                item.label,
                item.line1,
                item.line2,
                item.district,
                item.city,
                item.state,
                item.postalCode,
                item.country,
                item.isDefault,
                item.createdAt,
                item.updatedAt);
    }

    static AddressView view(Row row) {
        return new AddressView(
                row.getUUID("id"),
                row.getString("label"),
                row.getString("line1"),
                row.getString("line2"),
                row.getString("district"),
                row.getString("city"),
                row.getString("state"),
                row.getString("postal_code"),
                row.getString("country"),
                row.getBoolean("is_default"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
