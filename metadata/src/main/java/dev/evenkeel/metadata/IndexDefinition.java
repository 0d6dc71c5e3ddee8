package dev.evenkeel.metadata;

import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Projection;

/** A global index as it was asked for: all of it but its id. */
public record IndexDefinition(String name, KeySchema key, Projection projection, IndexSettings settings) {}
