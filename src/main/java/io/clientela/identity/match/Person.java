package io.clientela.identity.match;

import io.clientela.customer.CustomerType;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What is known of a customer that says who it is. Only id, type and name are always there; null is “not known”, which
 * is evidence neither way.
 *
 * @param emailKey as {@link io.clientela.customer.Identifiers#emailKey} makes it
 * @param phoneKey E.164, with {@code ;ext=} and the extension where there is one
 * @param documentKey letters and digits, in upper case
 * @param address one line of free text
 */
public record Person(
        UUID id,
        CustomerType type,
        String name,
        String firstName,
        String lastName,
        String companyName,
        String emailKey,
        String phoneKey,
        String documentKey,
        LocalDate birthday,
        String address) {}
