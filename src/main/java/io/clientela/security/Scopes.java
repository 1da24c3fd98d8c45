package io.clientela.security;

import java.util.Set;

/** The scopes that a token may carry; each stands for a group of operations. */
public final class Scopes {
    /** List, get, search, history. */
    public static final String READ = "customers:read";

    /** Create, update, status, delete. */
    public static final String WRITE = "customers:write";

    /** Merge and undo. */
    public static final String MERGE = "customers:merge";

    /** Roles, and deletes that the rules refuse. */
    public static final String ADMIN = "customers:admin";

    /** A customer's own data, and nothing else. */
    public static final String SELF = "customers:self";

    /** All scopes. */
    static final Set<String> ALL = Set.of(READ, WRITE, MERGE, ADMIN, SELF);

    private Scopes() {}
}
