package io.clientela.webhook.send;

/**
 * What came of a receiver's answer.
 *
 * @param status the HTTP status
 * @param body the first 1 KiB as text, without NUL characters, which PostgreSQL cannot store
 */
record WebhookAnswer(int status, String body) {}
