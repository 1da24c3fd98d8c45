package io.clientela.security;

/** The scopes of tokens; each permits a group of operations. */
public final class Scopes {
    /** List, get, search, history. */
    public static final String READ = "customers:read";

    /** Create, update, status, delete. */
    public static final String WRITE = "customers:write";

    /** Merge and undo. */
    public static final String MERGE = "customers:merge";

    /** Change roles, and delete customers against the delete rules. */
    public static final String ADMIN = "customers:admin";

    /** A customer's own data only. */
    public static final String SELF = "customers:self";

    /** The name of the security scheme in the OpenAPI document. */
    public static final String SCHEME = "bearer";

    private Scopes() {}
}
