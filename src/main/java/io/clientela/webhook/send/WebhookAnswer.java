package io.clientela.webhook.send;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a receiver's answer.
 *
 * @param status the HTTP status
 * @param body the first 1 KiB as text, without NUL characters, which PostgreSQL cannot store
 * @param retryAfter how long the receiver asks to wait before the next request
 */
record WebhookAnswer(int status, String body, Optional<Duration> retryAfter) {}
