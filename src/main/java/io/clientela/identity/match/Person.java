package io.clientela.identity.match;

import io.clientela.customer.CustomerType;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The fields of a customer that are compared. Only id, type and name are always present; null means unknown, which is
 * no evidence.
 *
 * @param emailKey the key made by {@link io.clientela.customer.Identifiers#emailKey}
 * @param phoneKey E.164, with {@code ;ext=} and the extension if there is one
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
