package peer;

/**
 * Who calls, and for which tenant. Handler methods get it as an argument.
 *
 * @param tenant the token's tenant
 * @param actor the token's subject
 * @param requestId the id of the request
 */
record Caller(String tenant, String actor, String requestId) {}
