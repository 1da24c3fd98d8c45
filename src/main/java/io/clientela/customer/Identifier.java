package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * An identifier of a customer in its normalised form.
 *
 * @param kind the kind of identifier
 * @param key the match key, made by {@link Identifiers}
 */
public record Identifier(Kind kind, String key) {
    /** The kinds of identifiers, in the order in which responses list them. */
    public enum Kind {
        /** The caller's own key. */
        EXTERNAL_ID,
        /** A CPF, CNPJ or other document without punctuation. */
        DOCUMENT,
        /** An e-mail address in lower case. */
        EMAIL,
        /** A phone number in E.164. */
        PHONE;

        /** Returns whether one person has it alone; an e-mail or phone may be shared. */
        public boolean isStrong() {
            return this == EXTERNAL_ID || this == DOCUMENT;
        }

        /** Returns the field's name in JSON. */
        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
