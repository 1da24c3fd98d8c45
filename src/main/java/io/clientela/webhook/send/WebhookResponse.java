package io.clientela.webhook.send;

import java.time.Duration;

/**
 * The result of an attempt to deliver a message.
 *
 * @param status the status of the answer; null if none came
 * @param duration the time that the attempt took
 * @param body the first 1 KiB of the answer as text, without NUL characters; null if no answer came
 * @param error why no answer came, in a few words such as {@code timeout}; null if one did
 */
public record WebhookResponse(Integer status, Duration duration, String body, String error) {}
