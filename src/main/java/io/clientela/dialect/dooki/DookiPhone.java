package io.clientela.dialect.dooki;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.EnumSet;
import java.util.Set;

/**
 * A phone number in Dooki's parts, without the country.
 *
 * @param areaCode the area code; null of a number without one
 * @param fullNumber all digits
 * @param number the digits behind the area code
 * @param formatedNumber as it is written in its country, such as {@code (16) 98187-5668}
 * @param whatsappLink the link to a chat, with the country code
 */
@RegisterForReflection
record DookiPhone(String areaCode, String fullNumber, String number, String formatedNumber, String whatsappLink) {
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    private static final int BRAZIL = 55;

    /** An area code of Brazil has two digits, a number behind it eight or nine, whatever the numbering plan says. */
    private static final int AREA_DIGITS = 2;

    /** Numbers of the whole country, such as 0800 123 4567. */
    private static final Set<PhoneNumberType> WITHOUT_AREA =
            EnumSet.of(PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST);

    private static final int MIN_DIGITS = 10;
    private static final int LAST_DIGITS = 4;

    /** Returns the parts of a number in E.164; null if there is none. */
    static DookiPhone of(String e164) {
        if (e164 == null) {
            return null;
        }
        try {
            var number = PHONES.parse(e164, null);
            var digits = PHONES.getNationalSignificantNumber(number);
            boolean hasBrazilianArea = number.getCountryCode() == BRAZIL
                    && digits.length() >= MIN_DIGITS
                    && !WITHOUT_AREA.contains(PHONES.getNumberType(number));
            return hasBrazilianArea ? brazilian(digits) : other(number, digits);
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static DookiPhone brazilian(String digits) {
        var area = digits.substring(0, AREA_DIGITS);
        var number = digits.substring(AREA_DIGITS);
        int last = number.length() - LAST_DIGITS;
        return new DookiPhone(
                area,
                digits,
                number,
                "(" + area + ") " + number.substring(0, last) + "-" + number.substring(last),
                link(BRAZIL, digits));
    }

    private static DookiPhone other(PhoneNumber number, String digits) {
        int area = PHONES.getLengthOfGeographicalAreaCode(number);
        boolean hasArea = area > 0 && area < digits.length();
        return new DookiPhone(
                hasArea ? digits.substring(0, area) : null,
                digits,
                hasArea ? digits.substring(area) : digits,
                PHONES.format(withoutExtension(number), PhoneNumberFormat.NATIONAL),
                link(number.getCountryCode(), digits));
    }

    private static PhoneNumber withoutExtension(PhoneNumber number) {
        return new PhoneNumber().mergeFrom(number).clearExtension();
    }

    private static String link(int country, String digits) {
        return "https://wa.me/" + country + digits;
    }
}
