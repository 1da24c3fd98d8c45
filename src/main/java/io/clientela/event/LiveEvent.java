package io.clientela.event;

import io.clientela.history.Event;
import io.clientela.history.EventPosition;

/**
 * An event that was just read, as all streams of its tenant get it.
 *
 * @param location its business location, or null
 * @param frame the event as text, which the streams share
 */
record LiveEvent(Event event, EventPosition position, String location, byte[] frame) {}
