package io.clientela.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.history.Event;
import io.clientela.history.EventPosition;
import io.clientela.history.Subject;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Streams of a tenant share what is read for them. */
class LiveTenantsTest {
    private static final EventFilter ALL = new EventFilter(Set.of(), Optional.empty(), Set.of());

    private final LiveTenants tenants = new LiveTenants();

    /** A reader that asks for so many events at first. */
    private static final class Reader implements MultiSubscriber<byte[]> {
        private final List<byte[]> read = new ArrayList<>();
        private final long first;
        private Flow.Subscription subscription;
        private boolean completed;

        private Reader(long first) {
            this.first = first;
        }

        static Reader of(LiveStream stream, long first) {
            return stream.live().subscribe().withSubscriber(new Reader(first));
        }

        @Override
        public void onSubscribe(Flow.Subscription source) {
            subscription = source;
            source.request(first);
        }

        @Override
        public void onItem(byte[] event) {
            read.add(event);
        }

        @Override
        public void onFailure(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onCompletion() {
            completed = true;
        }
    }

    private static LiveStream streamAt(long transaction) {
        var stream = new LiveStream("acme", ALL, "token");
        stream.moveTo(position(transaction));
        return stream;
    }

    private static EventPosition position(long transaction) {
        return new EventPosition(transaction, new UUID(0, 1));
    }

    private static LiveEvent event(long transaction) {
        var subject = Subject.of(Subject.CUSTOMER, UUID.randomUUID());
        var event =
                new Event(UUID.randomUUID(), "call.added", Instant.now(), "acme", subject, 1L, null, null, "{}", "{}");
        return new LiveEvent(event, position(transaction), null, new byte[] {(byte) transaction});
    }

    @Test
    void streamBehindOthersMustReadOn() {
        tenants.join(streamAt(5));

        assertThat(tenants.join(streamAt(4))).isFalse();
        assertThat(tenants.join(streamAt(5))).isTrue();
        assertThat(tenants.join(streamAt(6))).isTrue();
    }

    @Test
    void streamAheadOfOthersGetsNothingTwice() {
        var ahead = streamAt(6);
        tenants.join(streamAt(5));
        tenants.join(ahead);
        var reader = Reader.of(ahead, 10);

        LongStream.of(6, 7, 7).forEach(transaction -> tenants.send(event(transaction)));

        assertThat(reader.read).containsExactly(new byte[] {7});
    }

    @Test
    void slowReaderIsLetGo() {
        var slow = streamAt(0);
        var fast = streamAt(0);
        tenants.join(slow);
        tenants.join(fast);
        var slowReader = Reader.of(slow, 10);
        var fastReader = Reader.of(fast, Long.MAX_VALUE);

        long letGo = IntStream.rangeClosed(1, 300)
                .mapToLong(transaction -> tenants.send(event(transaction)))
                .sum();

        assertThat(letGo).isOne();
        assertThat(fastReader.read).hasSize(300);
        assertThat(fastReader.completed).isFalse();
        slowReader.subscription.request(Long.MAX_VALUE);
        assertThat(slowReader.completed).isTrue();
        assertThat(slowReader.read).hasSizeLessThan(300);
    }

    @Test
    void tenantWithoutStreamsIsNotRead() {
        var stream = streamAt(1);
        tenants.join(stream);

        tenants.leave(stream);

        assertThat(tenants.isEmpty()).isTrue();
        assertThat(tenants.positions()).isEmpty();
    }
}
