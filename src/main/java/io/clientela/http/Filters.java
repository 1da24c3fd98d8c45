package io.clientela.http;

/** The order of the request filters: the tenant is known before the query is checked and the body read. */
public final class Filters {
    public static final int TENANT = 2000;
    public static final int QUERY = 3000;
    public static final int BODY = 4000;

    private Filters() {}
}
