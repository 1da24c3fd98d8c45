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

/** Related data is loaded once per page. */
class InclusionsTest {
    /** An inclusion that has data for the last customer only and records its requests. */
    private record RecordingInclusion(String name, List<Collection<UUID>> requests) implements Inclusion {
        @Override
        public Uni<Map<UUID, String>> load(String tenant, Collection<UUID> customers) {
            requests.add(customers);
            var last = customers.stream().reduce((a, b) -> b).orElseThrow();
            return Uni.createFrom().item(Map.of(last, tenant));
        }

        @Override
        public Object emptyValue() {
            return "none";
        }
    }

    private final RecordingInclusion cats = new RecordingInclusion("cats", new ArrayList<>());
    private final RecordingInclusion dogs = new RecordingInclusion("dogs", new ArrayList<>());

    private static CustomerView customer() {
        return Customer.of("t", 1).view(SegmentRulesTest.RULES);
    }

    @Test
    void requestedKindIsLoadedOncePerPage() {
        var caller = new Caller();
        caller.set("acme", null, null, false, null);
        var inclusions = new Inclusions(caller, List.of(cats, dogs));
        var customers = Stream.generate(InclusionsTest::customer).limit(200).toList();

        var with = inclusions.addTo(List.of(cats), customers).await().indefinitely();

        assertThat(cats.requests())
                .containsExactly(customers.stream().map(CustomerView::id).toList());
        assertThat(dogs.requests()).isEmpty();
        assertThat(with).extracting(CustomerView::id).isEqualTo(cats.requests().get(0));
        assertThat(with.get(0).included()).isEqualTo(Map.of("cats", "none"));
        assertThat(with.get(199).included()).isEqualTo(Map.of("cats", "acme"));
    }

    @Test
    void emptyPageLoadsNothing() {
        var inclusions = new Inclusions(new Caller(), List.of(cats));

        assertThat(inclusions.addTo(List.of(cats), List.of()).await().indefinitely())
                .isEmpty();
        assertThat(cats.requests()).isEmpty();
    }
}
