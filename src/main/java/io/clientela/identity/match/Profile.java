package io.clientela.identity.match;

import io.clientela.customer.CustomerType;
import java.time.LocalDate;

/**
 * A record taken apart for comparison. To take it apart costs about as much as to compare it, so whoever compares one
 * record with many keeps this. What a field is filled with where a form would not go on without is missing here.
 */
public final class Profile {
    final CustomerType type;
    final PersonName name;
    final CompanyName companyName;
    final CompanyName employer;
    final Mailbox mailbox;
    final String phoneKey;
    final String documentKey;
    final LocalDate birthday;
    final Address address;

    private Profile(Person person) {
        type = person.type();
        name = PersonName.of(person);
        employer = CompanyName.of(person.companyName());
        companyName = employer == null ? CompanyName.of(person.name()) : employer;
        mailbox = Mailbox.of(person.emailKey());
        phoneKey = PhoneComparison.isPlaceholder(person.phoneKey()) ? null : person.phoneKey();
        documentKey = DocumentComparison.isPlaceholder(person.documentKey()) ? null : person.documentKey();
        birthday = person.birthday();
        address = Address.of(person.address());
    }

    /** Takes a record apart. */
    public static Profile of(Person person) {
        return new Profile(person);
    }
}
