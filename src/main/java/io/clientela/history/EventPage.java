package io.clientela.history;

import java.util.Set;
import java.util.UUID;

/**
 * Events that follow a reader's position.
 *
 * @param customers the customers of those that the reader reads; may be empty
 * @param end the position of the last event
 */
public record EventPage(Set<UUID> customers, EventPosition end) {}
