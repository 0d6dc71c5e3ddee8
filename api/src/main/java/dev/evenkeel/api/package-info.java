/**
 * The wire: what DynamoDB's clients send and are sent. {@link dev.evenkeel.api.Operation} reads a request into a record,
 * checks the constraints of the model with DynamoDB's words and writes the answer; {@link dev.evenkeel.api.ErrorEnvelope}
 * writes failures. The records, their codecs and the list of operations are generated from Amazon's Smithy model; what is
 * written by hand here is what the generated code is made of.
 */
@NullMarked
package dev.evenkeel.api;

import org.jspecify.annotations.NullMarked;
