package io.clientela.identity;

import io.clientela.customer.CustomerType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Says how sure it is that two records are one customer, from what is known of them alone. A Fellegi–Sunter model (JASA
 * 64, 1969) with four relations in place of two: see {@link Likelihood}. Pure, deterministic and symmetric.
 */
public final class MatchModel {
    /** From this score on two records are taken for one customer: of ten such pairs at least nine should be. */
    public static final double RECOMMENDED_THRESHOLD = 0.9;

    // Of two records taken at random. In a business with 100,000 customers, of whom every fifth is there twice, who has
    // a quarter of a relative among the customers each, and as many colleagues.
    private static final Likelihood OF_PEOPLE = new Likelihood(2e-6, 4e-6, 4e-6, 1);
    // Companies have no households, and few of them branches that are customers of their own.
    private static final Likelihood OF_COMPANIES = new Likelihood(2e-6, 0, 1e-6, 1);
    // A person and a company: an entry of the wrong type, the owner and the firm, the firm and who works there.
    private static final Likelihood OF_BOTH = new Likelihood(1e-7, 1e-6, 5e-6, 1);

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
        for (var found : evidence) {
            all = all.times(found.likelihood());
        }
        return new Match(all.posterior(), reasons(evidence.stream()));
    }

    private static Likelihood prior(Profile a, Profile b, boolean companies) {
        if (companies) {
            return OF_COMPANIES;
        }
        return a.type == b.type ? OF_PEOPLE : OF_BOTH;
    }

    private static List<String> reasons(Stream<Evidence> evidence) {
        return evidence.map(Evidence::reason).filter(Objects::nonNull).toList();
    }
}
