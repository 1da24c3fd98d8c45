package io.clientela.identity.match;

import io.clientela.customer.CustomerType;
import java.time.LocalDate;

/**
 * A record prepared for comparison, without placeholder values. Preparation costs about as much as a comparison, so a
 * caller that compares one record with many should reuse its profile.
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

    public static Profile of(Person person) {
        return new Profile(person);
    }
}
