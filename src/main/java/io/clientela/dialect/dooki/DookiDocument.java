package io.clientela.dialect.dooki;

import java.util.regex.Pattern;

/** Writes documents as Dooki shows them, with punctuation. */
final class DookiDocument {
    private static final Pattern CPF = Pattern.compile("([0-9]{3})([0-9]{3})([0-9]{3})([0-9]{2})");

    /** Of twelve letters or digits and two check digits. */
    private static final Pattern CNPJ =
            Pattern.compile("([0-9A-Z]{2})([0-9A-Z]{3})([0-9A-Z]{3})([0-9A-Z]{4})([0-9]{2})");

    private DookiDocument() {}

    /** Returns a CPF such as {@code 123.456.789-00}; what has another number of digits, as it is. */
    static String cpf(String key) {
        return CPF.matcher(key).matches() ? CPF.matcher(key).replaceFirst("$1.$2.$3-$4") : key;
    }

    /** Returns a CNPJ such as {@code 12.ABC.345/01DE-35}; what has another form, as it is. */
    static String cnpj(String key) {
        return CNPJ.matcher(key).matches() ? CNPJ.matcher(key).replaceFirst("$1.$2.$3/$4-$5") : key;
    }
}
