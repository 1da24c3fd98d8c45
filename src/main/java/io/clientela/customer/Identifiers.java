package io.clientela.customer;

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
 * The one place that says in which form identifiers are matched: two customers with the same key of a kind share that
 * identifier, however differently they were written.
 */
@Singleton
public class Identifiers {
    private static final int BRAZIL = 55;
    private static final Pattern NOT_A_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]");
    /**
     * Digits and what people put between them, and an extension: no words, though the parser would read some. The
     * possessive quantifier keeps the cost linear.
     */
    private static final Pattern PHONE =
            Pattern.compile("(?i)[+(]?[0-9][0-9 ().+/\\-\\u00A0]*+((ext|ramal|x|;ext)[.:=]? *[0-9]{1,7})?\\s*");

    // ITU-T E.164, section 6.2.1: at most 15 digits with the country code. Numbers with fewer than 7 are services.
    private static final Pattern E164 = Pattern.compile("\\+[0-9]{7,15}");

    private static final Pattern CPF_SHAPE = Pattern.compile("[0-9]{11}");
    private static final Pattern CNPJ_SHAPE = Pattern.compile("[0-9A-Z]{12}[0-9]{2}");

    // Resolução Anatel 553/2010: a mobile number is nine digits that begin with 9. Before, it was eight that began
    // with 6 to 9 (and landlines begin with 2 to 5), so that the old form of a number tells the new one.
    private static final Pattern BRAZILIAN_MOBILE_OF_OLD = Pattern.compile("([1-9][1-9])([6-9][0-9]{7})");

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final Validator validator;
    private final String region;

    /** What the library of constraints is asked about single values. */
    @SuppressWarnings("unused")
    private static final class Shapes {
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

    /** An e-mail address trimmed and without case; empty where there is none. */
    public Optional<String> emailKey(String email) {
        return Optional.ofNullable(email)
                .map(given -> given.strip().toLowerCase(Locale.ROOT))
                .filter(key -> !key.isEmpty());
    }

    /** Whether this can be an e-mail address by its shape (RFC 5321, section 4.1.2). */
    boolean isEmail(String email) {
        return !email.isBlank() && fits("email", email.strip());
    }

    /**
     * A phone number as E.164, with its extension if it has one; empty where it cannot be a number by its shape. What
     * counts is the shape and not a country's numbering plan, which changes, and against which people mistype.
     */
    public Optional<String> phoneKey(String phone) {
        if (phone == null || !PHONE.matcher(phone).matches()) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = phones.parse(phone.replaceAll("(?i)ramal", "ext"), region);
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
            var old = BRAZILIAN_MOBILE_OF_OLD.matcher(phones.getNationalSignificantNumber(number));
            if (old.matches()) {
                return "+" + BRAZIL + old.group(1) + "9" + old.group(2);
            }
        }
        return phones.format(number, PhoneNumberFormat.E164);
    }

    /** The identifiers that an input gives; what cannot be one is left out. */
    public Set<Identifier> of(CustomerInput input) {
        return present(
                input.externalId(),
                documentKey(input.document()).orElse(null),
                emailKey(input.email()).orElse(null),
                phoneKey(input.phone()).orElse(null));
    }

    /** Identifiers of their keys, of which any may be null. */
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

    /** A document's letters and digits, in upper case; empty where it has none. */
    public Optional<String> documentKey(String document) {
        return Optional.ofNullable(document)
                .map(given ->
                        NOT_A_LETTER_OR_DIGIT.matcher(given).replaceAll("").toUpperCase(Locale.ROOT))
                .filter(key -> !key.isEmpty());
    }

    /** The type that a document has by the shape of its key. */
    DocumentType documentType(String documentKey) {
        if (CPF_SHAPE.matcher(documentKey).matches()) {
            return DocumentType.CPF;
        }
        return CNPJ_SHAPE.matcher(documentKey).matches() ? DocumentType.CNPJ : DocumentType.OTHER;
    }

    /** Whether a document's check digits agree; empty where it has none to check. */
    Optional<Boolean> documentValid(DocumentType type, String documentKey) {
        if (type == null || documentKey == null || type == DocumentType.OTHER) {
            return Optional.empty();
        }
        boolean valid = documentType(documentKey) == type && fits(type.toString(), documentKey);
        return Optional.of(valid);
    }

    private boolean fits(String shape, String value) {
        return validator.validateValue(Shapes.class, shape, value).isEmpty();
    }
}
