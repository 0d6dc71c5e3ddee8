/**
 * The structures of the DynamoDB API as records, generated from Amazon's Smithy model with the model's names. All members
 * are nullable, since a client may leave out any; enums are strings, so that a wrong value can be told, and each enum's
 * values stand as constants in a class of its name. Lists and maps that came off the wire are unmodifiable.
 */
@NullMarked
package dev.evenkeel.api.shape;

import org.jspecify.annotations.NullMarked;
