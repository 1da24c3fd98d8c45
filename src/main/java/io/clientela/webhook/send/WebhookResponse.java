package io.clientela.webhook.send;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of an attempt to deliver a message.
 *
 * @param status the status of the answer; null if none came
 * @param duration the time that the attempt took
 * @param body the first 1 KiB of the answer as text, without NUL characters; null if no answer came
 * @param error why no answer came, in a few words such as {@code timeout}; null if one did
 * @param retryAfter how long the receiver asks to wait before the next request (RFC 9110, section 10.2.3)
 */
public record WebhookResponse(
        Integer status, Duration duration, String body, String error, Optional<Duration> retryAfter) {}
