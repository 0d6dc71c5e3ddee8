package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import org.jspecify.annotations.Nullable;

/** One entry of {@code AttributeUpdates}; no action means PUT. */
public record AttributeUpdate(
        @Nullable String action, @Nullable AttributeValue value) {}
