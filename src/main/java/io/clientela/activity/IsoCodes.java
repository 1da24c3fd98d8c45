package io.clientela.activity;

import io.clientela.http.problem.FieldError;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Country and currency codes of the Java platform, read while a native image is built. */
final class IsoCodes {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private IsoCodes() {}

    /** Returns an error unless the code is null or a country code of ISO 3166-1 alpha-2. */
    static List<FieldError> checkCountry(String field, String code) {
        return code == null || COUNTRIES.contains(code)
                ? List.of()
                : List.of(FieldError.invalidValue(field, "must be a country code of ISO 3166-1 alpha-2, such as BR"));
    }

    /** Returns an error unless the code is null or a currency code of ISO 4217. */
    static List<FieldError> checkCurrency(String field, String code) {
        return code == null || CURRENCIES.contains(code)
                ? List.of()
                : List.of(FieldError.invalidValue(field, "must be a currency code of ISO 4217, such as BRL"));
    }
}
