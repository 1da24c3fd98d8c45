package io.clientela.apikey;

/**
 * A key whose row this transaction has locked.
 *
 * @param view the key
 * @param prefix the prefix with which it was made
 * @param isActive whether it is neither revoked nor past its end
 */
record LockedKey(ApiKeyView view, String prefix, boolean isActive) {}
