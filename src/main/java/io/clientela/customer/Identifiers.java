package io.clientela.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Email;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.br.CNPJ;
import org.hibernate.validator.constraints.br.CPF;

/**
 * Normalises identifiers to match keys: two customers with the same key of a kind share that identifier, whatever its
 * notation.
 */
@Singleton
public class Identifiers {
    private static final int BRAZIL = 55;
    private static final Pattern NOT_A_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]");
    /**
     * Digits, punctuation and an extension. The parser alone would also accept letters as digits. The possessive
     * quantifier keeps the cost linear.
     */
    private static final Pattern PHONE =
            Pattern.compile("(?i)[+(]?[0-9][0-9 ().+/\\-\\u00A0]*+((ext|ramal|x|;ext)[.:=]? *[0-9]{1,7})?\\s*");

    /** The Portuguese word for an extension, which the parser does not know. */
    private static final Pattern RAMAL = Pattern.compile("(?i)ramal");

    // ITU-T E.164, section 6.2.1: at most 15 digits with the country code. Shorter numbers than 7 digits are services.
    private static final Pattern E164 = Pattern.compile("\\+[0-9]{7,15}");

    private static final Pattern CPF_FORMAT = Pattern.compile("[0-9]{11}");
    private static final Pattern CNPJ_FORMAT = Pattern.compile("[0-9A-Z]{12}[0-9]{2}");

    // Resolução Anatel 553/2010: a mobile number is nine digits that begin with 9. Before, it was eight digits that
    // began with 6 to 9; landlines begin with 2 to 5. So the new form follows from the old one.
    private static final Pattern OLD_BRAZILIAN_MOBILE = Pattern.compile("([1-9][1-9])([6-9][0-9]{7})");

    /** A longer text is no phone number that a customer may have. */
    private static final int MAX_PHONE_LENGTH = 40;

    /** So many phone numbers are remembered: some 2 MB. */
    private static final int REMEMBERED_PHONES = 10_000;

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();

    /**
     * A write asks for the key of its phone several times, and parsing it costs more than all else that is computed.
     */
    private final Cache<String, Optional<String>> phoneKeys =
            Caffeine.newBuilder().maximumSize(REMEMBERED_PHONES).build();

    private final Validator validator;
    private final String region;

    /** Carries the constraints for {@code validateValue}. */
    @SuppressWarnings("unused")
    private static final class Formats {
        @Email
        String email;

        @CPF
        String cpf;

        @CNPJ(format = CNPJ.Format.ALPHANUMERIC)
        String cnpj;
    }

    Identifiers(Validator validator, CustomerSettings settings) {
        this.validator = validator;
        this.region = settings.phone().defaultRegion();
    }

    /** Returns the e-mail address trimmed and in lower case; empty if null or blank. */
    public Optional<String> emailKey(String email) {
        return Optional.ofNullable(email)
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .filter(key -> !key.isEmpty());
    }

    /** Returns whether the text has the format of an e-mail address (RFC 5321, section 4.1.2). */
    boolean isEmail(String email) {
        return !email.isBlank() && isValid("email", email.strip());
    }

    /**
     * Returns the phone number in E.164, with its extension if it has one; empty if the format is wrong. Only the
     * format is checked, not a country's numbering plan: plans change, and real data contains mistyped numbers.
     */
    public Optional<String> phoneKey(String phone) {
        return phone == null || phone.length() > MAX_PHONE_LENGTH
                ? Optional.empty()
                : phoneKeys.get(phone, this::parsedPhoneKey);
    }

    private Optional<String> parsedPhoneKey(String phone) {
        if (!PHONE.matcher(phone).matches()) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = phones.parse(RAMAL.matcher(phone).replaceFirst("ext"), region);
            var key = e164(number);
            if (!E164.matcher(key).matches()) {
                return Optional.empty();
            }
            return Optional.of(number.hasExtension() ? key + ";ext=" + number.getExtension() : key);
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private String e164(PhoneNumber number) {
        if (number.getCountryCode() == BRAZIL) {
            var old = OLD_BRAZILIAN_MOBILE.matcher(phones.getNationalSignificantNumber(number));
            if (old.matches()) {
                return "+" + BRAZIL + old.group(1) + "9" + old.group(2);
            }
        }
        return phones.format(number, PhoneNumberFormat.E164);
    }

    /** Returns the identifiers of an input; invalid ones are left out. */
    public Set<Identifier> of(CustomerFields input) {
        return present(
                input.externalId(),
                documentKey(input.document()).orElse(null),
                emailKey(input.email()).orElse(null),
                phoneKey(input.phone()).orElse(null));
    }

    /** Returns the identifiers with these keys; null keys are left out. */
    static Set<Identifier> present(String externalId, String documentKey, String emailKey, String phoneKey) {
        Set<Identifier> identifiers = new LinkedHashSet<>();
        add(identifiers, Identifier.Kind.EXTERNAL_ID, externalId);
        add(identifiers, Identifier.Kind.DOCUMENT, documentKey);
        add(identifiers, Identifier.Kind.EMAIL, emailKey);
        add(identifiers, Identifier.Kind.PHONE, phoneKey);
        return identifiers;
    }

    private static void add(Set<Identifier> identifiers, Identifier.Kind kind, String key) {
        if (key != null) {
            identifiers.add(new Identifier(kind, key));
        }
    }

    /** Returns the document's letters and digits in upper case; empty if there are none. */
    public Optional<String> documentKey(String document) {
        return Optional.ofNullable(document)
                .map(value ->
                        NOT_A_LETTER_OR_DIGIT.matcher(value).replaceAll("").toUpperCase(Locale.ROOT))
                .filter(key -> !key.isEmpty());
    }

    /** Returns the document type by the format of its key. */
    DocumentType documentType(String documentKey) {
        if (CPF_FORMAT.matcher(documentKey).matches()) {
            return DocumentType.CPF;
        }
        return CNPJ_FORMAT.matcher(documentKey).matches() ? DocumentType.CNPJ : DocumentType.OTHER;
    }

    /** Returns whether the document's check digits are correct; empty for types without check digits. */
    Optional<Boolean> documentValid(DocumentType type, String documentKey) {
        if (type == null || documentKey == null || type == DocumentType.OTHER) {
            return Optional.empty();
        }
        boolean valid = documentType(documentKey) == type && isValid(type.toString(), documentKey);
        return Optional.of(valid);
    }

    private boolean isValid(String format, String value) {
        return validator.validateValue(Formats.class, format, value).isEmpty();
    }
}
