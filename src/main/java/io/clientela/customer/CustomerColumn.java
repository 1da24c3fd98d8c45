package io.clientela.customer;

import java.util.Optional;
import java.util.function.Function;

/**
 * A column of customers in a file.
 *
 * @param name the column's name
 * @param field the field of the customer's JSON that it shows; empty for a total
 * @param value its value, or null: a text, flag, number, id, date, timestamp, constant, list of texts, or the JSON node
 *     of a single attribute
 */
public record CustomerColumn(String name, Optional<String> field, Function<ListedCustomer, Object> value) {}
