/**
 * Build-time only. Reads Amazon's Smithy model of DynamoDB and writes the Java sources of the {@code api} module: a record
 * for each structure, the names of each enum's values, and for each shape a codec that reads it from JSON, checks its
 * constraints and writes it. What the model does not say, or says otherwise than DynamoDB answers, stands in
 * {@link dev.evenkeel.api.generator.Observed}.
 */
@NullMarked
package dev.evenkeel.api.generator;

import org.jspecify.annotations.NullMarked;
