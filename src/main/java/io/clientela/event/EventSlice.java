package io.clientela.event;

import io.clientela.history.Event;
import io.clientela.history.EventPosition;
import java.util.List;

/**
 * Events that follow a position.
 *
 * @param events those that the reader gets; there can be none although more follow
 * @param end the position up to which they are complete
 */
record EventSlice(List<Event> events, EventPosition end) {
    EventList page() {
        return new EventList(events, new EventList.Meta(end.eventId()));
    }
}
