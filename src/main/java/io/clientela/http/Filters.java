package io.clientela.http;

/** The order of the request filters: tenant and caller are known before the query is checked and the body read. */
public final class Filters {
    /** Of operations that need no token, before {@link #TENANT}. */
    public static final int PUBLIC_TENANT = 1000;

    public static final int TENANT = 2000;
    public static final int ACCOUNT = 2500;
    public static final int QUERY = 3000;
    public static final int BODY = 4000;

    private Filters() {}
}
