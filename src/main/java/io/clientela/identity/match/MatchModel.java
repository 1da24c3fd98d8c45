package io.clientela.identity.match;

import io.clientela.customer.CustomerType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Computes the probability that two records are one customer. A Fellegi–Sunter model (JASA 64, 1969) with four
 * relations instead of two: see {@link Evidence}. Pure, deterministic and symmetric.
 */
public final class MatchModel {
    /** The recommended minimum score of a likely duplicate: more likely one customer than not. */
    public static final double RECOMMENDED_THRESHOLD = 0.5;

    // The priors of two random records, in a business with 40,000 records: 4,000 pairs are the same person. Fewer than
    // half as many are of one household, because few businesses have whole families as customers; somewhat more are
    // colleagues.
    private static final Evidence OF_PEOPLE = new Evidence(5e-6, 2e-6, 4e-6, 1, null);
    // Companies have no households. Branches are separate customers about as often as a company has two records.
    private static final Evidence OF_COMPANIES = new Evidence(2e-6, 0, 2e-6, 1, null);
    // A person and a company: a record of the wrong type, the owner and the firm, the firm and its employee.
    private static final Evidence OF_BOTH = new Evidence(1e-7, 1e-6, 5e-6, 1, null);

    private MatchModel() {}

    /** Compares two records. */
    public static Match compare(Person a, Person b) {
        return compare(Profile.of(a), Profile.of(b));
    }

    /** Compares two records. */
    public static Match compare(Profile a, Profile b) {
        boolean companies = a.type == CustomerType.COMPANY && b.type == CustomerType.COMPANY;
        var evidence = List.of(
                EmailComparison.compare(a, b, companies),
                PhoneComparison.compare(a.phoneKey, b.phoneKey),
                DocumentComparison.compare(a.documentKey, b.documentKey, companies),
                BirthdayComparison.compare(a.birthday, b.birthday),
                companies
                        ? CompanyComparison.names(a.companyName, b.companyName)
                        : NameComparison.compare(a.name, b.name),
                companies ? Evidence.NONE : CompanyComparison.employers(a.employer, b.employer),
                AddressComparison.compare(a.address, b.address, companies));
        var all = prior(a, b, companies);
        for (var ofField : evidence) {
            all = all.and(ofField);
        }
        return new Match(all.posterior(), reasons(evidence.stream()));
    }

    private static Evidence prior(Profile a, Profile b, boolean companies) {
        if (companies) {
            return OF_COMPANIES;
        }
        return a.type == b.type ? OF_PEOPLE : OF_BOTH;
    }

    private static List<String> reasons(Stream<Evidence> evidence) {
        return evidence.map(Evidence::reason).filter(Objects::nonNull).toList();
    }
}
