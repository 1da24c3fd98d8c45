package io.clientela.dialect.dooki;

import io.clientela.activity.CustomerSummary;
import io.clientela.dialect.Moments;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/** The part of a customer that Dooki exports to spreadsheets. */
@RegisterForReflection
record DookiSpreadsheet(
        String brands,
        String city,
        String purchasedBrands,
        Moment lastOrderDate,
        String lastOrderValue,
        String purchasedCategories,
        String number,
        String uf,
        String phone,
        String street,
        String phoneNumber,
        String categories,
        String neighborhood,
        String complement,
        String phoneCode) {
    /** A timestamp as PHP writes one; type 3 is a zone by its name. */
    @RegisterForReflection
    record Moment(String date, String timezone, int timezoneType) {
        private static final int BY_NAME = 3;

        static Moment of(Instant at) {
            return at == null ? null : new Moment(Moments.toSecond(at), "UTC", BY_NAME);
        }
    }

    /** @param phone the customer's phone, or null */
    static DookiSpreadsheet of(DookiAttributes attributes, DookiPhone phone, CustomerSummary summary) {
        var address = DookiAddress.of(summary.address());
        return new DookiSpreadsheet(
                attributes.text("brands"),
                address.city(),
                attributes.text("purchased_brands"),
                Moment.of(summary.lastOrderAt()),
                DookiStats.money(summary.lastOrderTotal()),
                attributes.text("purchased_categories"),
                address.number(),
                address.uf(),
                phone == null ? null : phone.formatedNumber(),
                address.street(),
                phone == null ? null : phone.number(),
                attributes.text("categories"),
                address.neighborhood(),
                address.complement(),
                phone == null ? null : phone.areaCode());
    }
}
