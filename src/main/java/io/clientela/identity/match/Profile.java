package io.clientela.identity.match;

import io.clientela.customer.CustomerType;
import io.clientela.customer.Identifier;
import io.clientela.customer.Identifier.Kind;
import io.clientela.customer.Placeholders;
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
        mailbox = Mailbox.of(known(Kind.EMAIL, person.emailKey()));
        var phone = known(Kind.PHONE, person.phoneKey());
        phoneKey = PhoneComparison.isPlaceholder(phone) ? null : phone;
        documentKey = known(Kind.DOCUMENT, person.documentKey());
        birthday = person.birthday();
        address = Address.of(person.address());
    }

    /** Returns an identifier, or null for one that identifies nobody in upserts either. */
    private static String known(Kind kind, String key) {
        return key == null || Placeholders.isPlaceholder(new Identifier(kind, key)) ? null : key;
    }

    public static Profile of(Person person) {
        return new Profile(person);
    }
}
