package io.clientela.privacy;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.MergeTrace;
import io.clientela.customer.PersonalData;
import io.clientela.idempotency.ErasedResponses;
import io.clientela.idempotency.ErasedResponses.Copy;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.Set;

/** Erases the stored responses of requests with an {@code Idempotency-Key} that have values of the person. */
@Singleton
class PersonalResponses implements PersonalData {
    private final ErasedResponses responses;

    PersonalResponses(ErasedResponses responses) {
        this.responses = responses;
    }

    @Override
    public Uni<Set<String>> erase(ErasedPerson person) {
        var merges = person.traces().stream().map(MergeTrace::mergeId).toList();
        var copies = person.copies().stream().map(PersonalResponses::copy).toList();
        return responses
                .erase(person.tenant(), person.ids(), merges, copies)
                .map(erased -> erased > 0 ? Set.of("stored_responses") : Set.of());
    }

    private static Copy copy(MergeTrace trace) {
        return new Copy(
                trace.target(),
                trace.mergedAt().atOffset(ZoneOffset.UTC),
                trace.undoneAt().orElseThrow().atOffset(ZoneOffset.UTC));
    }
}
