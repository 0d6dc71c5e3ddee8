package dev.evenkeel.router.transaction;

import dev.evenkeel.model.Bytes;

/**
 * What makes a request the same as an earlier one.
 *
 * @param token the client's
 * @param digest of everything the request would do
 */
public record RequestToken(String token, Bytes digest) {}
