package io.clientela.activity;

import io.clientela.customer.Identifier;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Whose item a row is.
 *
 * @param field the first of the row's fields that say it, as a JSON pointer
 * @param id the customer's id
 * @param identifiers what leads to the customer, without placeholders
 */
record ItemOwner(String field, Optional<UUID> id, Set<Identifier> identifiers) {}
