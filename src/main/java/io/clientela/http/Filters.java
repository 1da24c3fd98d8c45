package io.clientela.http;

/** The order of the request filters: whose request it is comes before what it asks. */
public final class Filters {
    public static final int TENANT = 2000;
    public static final int QUERY = 3000;

    private Filters() {}
}
