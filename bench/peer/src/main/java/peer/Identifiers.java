package peer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import jakarta.validation.Validator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.br.CNPJ;
import org.hibernate.validator.constraints.br.CPF;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Computes the match keys of identifiers. */
@Component
class Identifiers {
    private static final Pattern NOT_A_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final Pattern CPF_SHAPE = Pattern.compile("[0-9]{11}");
    private static final Pattern CNPJ_SHAPE = Pattern.compile("[0-9A-Z]{12}[0-9]{2}");

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final Validator validator;
    private final String region;

    private record Shapes(@CPF String cpf, @CNPJ String cnpj) {}

    Identifiers(Validator validator, @Value("${peer.phone-region}") String region) {
        this.validator = validator;
        this.region = region;
    }

    String emailKey(String email) {
        return email == null ? null : email.strip().toLowerCase(Locale.ROOT);
    }

    /** Returns the number in E.164 form; empty if it is not a possible phone number. */
    Optional<String> phoneKey(String phone) {
        try {
            return Optional.of(phones.format(phones.parse(phone, region), PhoneNumberFormat.E164));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    String documentKey(String document) {
        return document == null
                ? null
                : NOT_A_LETTER_OR_DIGIT.matcher(document).replaceAll("").toUpperCase(Locale.ROOT);
    }

    String documentType(String key) {
        if (key == null) {
            return null;
        }
        if (CPF_SHAPE.matcher(key).matches()) {
            return "cpf";
        }
        return CNPJ_SHAPE.matcher(key).matches() ? "cnpj" : "other";
    }

    /** Whether the check digits are valid; null for types without check digits. */
    Boolean documentValid(String type, String key) {
        if (key == null || type.equals("other")) {
            return null;
        }
        return validator.validateValue(Shapes.class, type, key).isEmpty();
    }
}
