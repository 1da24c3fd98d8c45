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

        /**
         * Returns the SQL condition that a customer's own identifier equals an expression. E-mails are found by the
         * index that sorts them, so that no write has to maintain two. A caller could send the sort key of those
         * without e-mail.
         */
        String matches(String expression) {
            return switch (this) {
                case EXTERNAL_ID -> "external_id = " + expression;
                case EMAIL -> "sort_email = " + expression + " AND email_key IS NOT NULL";
                case DOCUMENT, PHONE -> this + "_key = " + expression;
            };
        }

        /** Returns the field's name in JSON. */
        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
