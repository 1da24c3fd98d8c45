package io.clientela.event;

import io.clientela.history.EventPosition;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * An open stream of a reader. Until it has caught up with the tenant's other streams it reads by itself; then it gets
 * what is read for all of them. A reader that is slower than the events is let go: it resumes from the last one that it
 * got.
 */
final class LiveStream {
    /** How many events wait for a reader; they are shared by all of its tenant's streams. */
    private static final int MAX_WAITING = 256;

    private final String tenant;
    private final EventFilter filter;
    private final String token;
    private final Queue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING + 1);
    private final UnicastProcessor<byte[]> live = UnicastProcessor.create(waiting, () -> {});

    private EventPosition position;
    private boolean ended;

    /** @param token the reader's bearer token, which is checked again while the stream is open */
    LiveStream(String tenant, EventFilter filter, String token) {
        this.tenant = tenant;
        this.filter = filter;
        this.token = token;
    }

    String tenant() {
        return tenant;
    }

    EventFilter filter() {
        return filter;
    }

    String token() {
        return token;
    }

    /** Returns the events after the stream has caught up. */
    Multi<byte[]> live() {
        return live;
    }

    /** Returns the position up to which the reader has or gets all events. */
    synchronized EventPosition position() {
        return position;
    }

    synchronized void moveTo(EventPosition next) {
        position = next;
    }

    /** Sends an event that the reader wants and has not got yet. Returns false if the reader is let go. */
    synchronized boolean offer(LiveEvent event) {
        if (event.position().compareTo(position) <= 0) {
            return true;
        }
        position = event.position();
        return !filter.matches(event.event(), event.location()) || send(event.frame());
    }

    /** Sends a comment. Returns false if the reader is let go. */
    synchronized boolean comment() {
        return send(StreamFrames.comment(position.eventId()));
    }

    private boolean send(byte[] frame) {
        if (ended) {
            return true;
        }
        if (waiting.size() >= MAX_WAITING) {
            end();
            return false;
        }
        live.onNext(frame);
        return true;
    }

    /** Ends the stream after what waits for the reader. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            live.onComplete();
        }
    }
}
