package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something by which a customer is recognised, in the form in which it is matched.
 *
 * @param kind what it is
 * @param key the form that is matched, as {@link Identifiers} makes it
 */
public record Identifier(Kind kind, String key) {
    /** The kinds of identifiers, in the order in which they are named to callers. */
    public enum Kind {
        /** The caller's own key. */
        EXTERNAL_ID,
        /** A CPF, CNPJ or other document, without punctuation. */
        DOCUMENT,
        /** An e-mail address, without case. */
        EMAIL,
        /** A phone number, as E.164. */
        PHONE;

        /** The word on the wire, which is the field's name. */
        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
