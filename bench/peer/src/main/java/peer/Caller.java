package peer;

/**
 * The caller of a request, as an argument of handler methods.
 *
 * @param tenant the token's tenant
 * @param actor the token's subject
 * @param requestId the id of the request
 */
record Caller(String tenant, String actor, String requestId) {}
