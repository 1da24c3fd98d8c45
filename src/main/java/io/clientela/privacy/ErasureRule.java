package io.clientela.privacy;

import java.util.Locale;

/** A rule that forbids an erasure as long as the business needs the data (GDPR, article 17(3); LGPD, article 16). */
public enum ErasureRule {
    /** Forbids erasing customers with orders that are pending, paid or shipped. */
    OPEN_ORDERS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
