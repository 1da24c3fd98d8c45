package io.clientela.security;

import java.util.regex.Pattern;

/** The names that tenants may have. */
public final class TenantNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private TenantNames() {}

    /** Returns whether a tenant may have this name. */
    public static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }
}
