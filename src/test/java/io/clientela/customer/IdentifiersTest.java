package io.clientela.customer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifiersTest {
    private record Settings(String defaultRegion)
            implements CustomerSettings, CustomerSettings.Phone, CustomerSettings.Document, CustomerSettings.Delete {
        @Override
        public Phone phone() {
            return this;
        }

        @Override
        public Document document() {
            return this;
        }

        @Override
        public Delete delete() {
            return this;
        }

        @Override
        public boolean strict() {
            return false;
        }

        @Override
        public Optional<Set<DeleteRule>> refusedWith() {
            return Optional.empty();
        }

        @Override
        public int recentDays() {
            return 30;
        }
    }

    private final Identifiers identifiers =
            new Identifiers(Validation.buildDefaultValidatorFactory().getValidator(), new Settings("BR"));

    @ParameterizedTest
    @CsvSource({
        "+55 (11) 98888-7777, +5511988887777",
        "(11) 98888-7777, +5511988887777",
        "(11) 8888-7777, +5511988887777",
        "+551188887777, +5511988887777",
        "011 98888-7777, +5511988887777",
        "(11) 3333-4444, +551133334444",
        "+1 (800) 123-4567, +18001234567",
        "+49 0711 2842222, +497112842222",
        "+55 11 3333-4444 ext. 12, +551133334444;ext=12",
        "(11) 3333-4444 ramal 12, +551133334444;ext=12",
        "4321secret,",
        "call 11 98888-7777,",
        "+453 3331 9991, +45333319991",
        "12,",
        "123,",
        "abc,",
        "+999 123456789,",
        "+5511988887777777777,"
    })
    void phoneKeyIsE164WithNinthDigit(String phone, String key) {
        assertThat(identifiers.phoneKey(phone)).isEqualTo(Optional.ofNullable(key));
    }

    @ParameterizedTest
    @CsvSource({
        "529.982.247-25, cpf, true",
        "52998224725, cpf, true",
        "123.456.789-00, cpf, false",
        "111.111.111-11, cpf, false",
        "11.222.333/0001-81, cnpj, true",
        "11.222.333/0001-82, cnpj, false",
        "12.ABC.345/01DE-35, cnpj, true",
        "12.abc.345/01de-35, cnpj, true",
        "12.ABC.345/01DE-36, cnpj, false",
        "5304456, other,",
        "AB-123456, other,"
    })
    void documentTypeAndCheckDigitsAreDerived(String document, String type, Boolean valid) {
        var key = identifiers.documentKey(document).orElseThrow();

        assertThat(identifiers.documentType(key)).hasToString(type);
        assertThat(identifiers.documentValid(identifiers.documentType(key), key))
                .isEqualTo(Optional.ofNullable(valid));
    }

    @ParameterizedTest
    @CsvSource({"' Ana@Example.COM ', ana@example.com", "ÉVA@example.com, éva@example.com", "'  ',"})
    void emailKeyIsTrimmedAndLowerCase(String email, String key) {
        assertThat(identifiers.emailKey(email)).isEqualTo(Optional.ofNullable(key));
    }
}
