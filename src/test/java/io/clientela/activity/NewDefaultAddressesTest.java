package io.clientela.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of many new addresses are default addresses. */
class NewDefaultAddressesTest {
    private final AddressType type = new AddressType(null, null);

    private CustomerAddress add(NewDefaultAddresses defaults, UUID customer, String isDefault) {
        var address = type.newEntity();
        address.assignTo("t", customer);
        var flag = isDefault.equals("-") ? null : Boolean.valueOf(isDefault);
        type.write(
                address,
                defaults.resolve(
                        address, new AddressInput(null, "Street 1", null, null, null, null, null, null, flag)));
        return address;
    }

    @ParameterizedTest
    @CsvSource({
        "false, -,           true",
        "true,  -,           false",
        "false, false,       false",
        "true,  true,        true",
        "false, - -,         true false",
        "false, false -,     false false",
        "false, - true,      false true",
        "false, - true true, false false true",
        "true,  true false,  true false"
    })
    void firstOrLastWantedOneIsDefault(boolean hasAddress, String wanted, String expected) {
        var customer = UUID.randomUUID();
        var defaults = new NewDefaultAddresses("t", hasAddress ? Set.of(customer) : Set.of());

        List<CustomerAddress> added = new ArrayList<>();
        Arrays.stream(wanted.split(" ")).forEach(flag -> added.add(add(defaults, customer, flag)));

        assertThat(added.stream().map(address -> String.valueOf(address.isDefault)))
                .containsExactly(expected.split(" "));
    }

    @Test
    void eachCustomerHasItsOwn() {
        var defaults = new NewDefaultAddresses("t", Set.of());

        assertThat(add(defaults, UUID.randomUUID(), "-").isDefault).isTrue();
        assertThat(add(defaults, UUID.randomUUID(), "-").isDefault).isTrue();
    }
}
