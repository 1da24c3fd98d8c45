package io.clientela.webhook.send;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * One attempt to deliver a message.
 *
 * @param url where to
 * @param id the message's id, the same for every attempt, by which receivers recognise repetitions
 * @param timestamp the time of the attempt; receivers reject old ones
 * @param body the message
 * @param secrets the secrets that sign it, in the form {@code whsec_…}; several while one is replaced by another
 */
public record WebhookRequest(URI url, String id, Instant timestamp, byte[] body, List<String> secrets) {}
