package io.clientela.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is had with customers is asked for once a page. */
class InclusionsTest {
    /** Something that everybody but the first has, and which notes how it is asked. */
    private record Noted(String name, List<Collection<UUID>> asked) implements Inclusion {
        @Override
        public Uni<Map<UUID, String>> of(String tenant, Collection<UUID> customers) {
            asked.add(customers);
            var last = customers.stream().reduce((a, b) -> b).orElseThrow();
            return Uni.createFrom().item(Map.of(last, tenant));
        }

        @Override
        public Object none() {
            return "nothing";
        }
    }

    private final Noted cats = new Noted("cats", new ArrayList<>());
    private final Noted dogs = new Noted("dogs", new ArrayList<>());

    private static CustomerView customer() {
        var customer = Customer.of("t");
        customer.tags = new String[0];
        return customer.view();
    }

    @Test
    void eachKindIsAskedOnceForAllCustomersAndOnlyIfItIsWanted() {
        var caller = new Caller();
        caller.set("acme", null, null, false, null);
        var inclusions = new Inclusions(caller, List.of(cats, dogs));
        var customers = Stream.generate(InclusionsTest::customer).limit(200).toList();
        var with = inclusions.with(List.of(cats), customers).await().indefinitely();
        assertThat(cats.asked())
                .containsExactly(customers.stream().map(CustomerView::id).toList());
        assertThat(dogs.asked()).isEmpty();
        assertThat(with).extracting(CustomerView::id).isEqualTo(cats.asked().get(0));
        assertThat(with.get(0).included()).isEqualTo(Map.of("cats", "nothing"));
        assertThat(with.get(199).included()).isEqualTo(Map.of("cats", "acme"));
    }

    @Test
    void nobodyIsAskedForAnEmptyPage() {
        var inclusions = new Inclusions(new Caller(), List.of(cats));
        assertThat(inclusions.with(List.of(cats), List.of()).await().indefinitely())
                .isEmpty();
        assertThat(cats.asked()).isEmpty();
    }
}
