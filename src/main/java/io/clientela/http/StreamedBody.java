package io.clientela.http;

import io.smallrye.mutiny.Multi;

/**
 * The entity of a response whose body is sent piece by piece, as fast as the client reads it: a piece is requested when
 * the one before is sent. {@link StreamedBodyWriter} says what happens when something fails.
 *
 * @param pieces the body; each should be of some kilobytes, since it is sent on its own
 */
public record StreamedBody(Multi<byte[]> pieces) {}
