package io.clientela.event;

import io.clientela.history.EventPosition;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The streams of this instance that have caught up, by tenant. Those of a tenant are all at the same position, so that
 * the events after it are read once.
 */
@Singleton
class LiveTenants {
    private final Map<String, Head> heads = new HashMap<>();

    /** The streams of a tenant, and the position up to which they have got the events. */
    private static final class Head {
        private final Set<LiveStream> streams = new HashSet<>();
        private EventPosition position;

        Head(EventPosition position) {
            this.position = position;
        }
    }

    /** Adds a stream, unless it is behind the others of its tenant: it must read on by itself, and try again. */
    synchronized boolean join(LiveStream stream) {
        var head = heads.computeIfAbsent(stream.tenant(), tenant -> new Head(stream.position()));
        return stream.position().compareTo(head.position) >= 0 && head.streams.add(stream);
    }

    synchronized void leave(LiveStream stream) {
        var head = heads.get(stream.tenant());
        if (head != null && head.streams.remove(stream) && head.streams.isEmpty()) {
            heads.remove(stream.tenant());
        }
    }

    synchronized boolean isEmpty() {
        return heads.isEmpty();
    }

    /** Returns the position of each tenant's streams. */
    synchronized Map<String, EventPosition> positions() {
        Map<String, EventPosition> positions = new HashMap<>();
        heads.forEach((tenant, head) -> positions.put(tenant, head.position));
        return positions;
    }

    synchronized List<LiveStream> streams() {
        List<LiveStream> all = new ArrayList<>();
        heads.values().forEach(head -> all.addAll(head.streams));
        return all;
    }

    /** Sends an event to its tenant's streams. Returns how many of them were let go. */
    synchronized long send(LiveEvent event) {
        var head = heads.get(event.event().tenant());
        if (head == null || event.position().compareTo(head.position) <= 0) {
            return 0;
        }
        head.position = event.position();
        return List.copyOf(head.streams).stream()
                .filter(stream -> !stream.offer(event))
                .count();
    }
}
