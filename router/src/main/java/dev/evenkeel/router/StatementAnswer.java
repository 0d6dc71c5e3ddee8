package dev.evenkeel.router;

import dev.evenkeel.api.shape.ConsumedCapacity;
import dev.evenkeel.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement answers; a write has items only when it asks for them. */
record StatementAnswer(
        List<Item> items,
        @Nullable String nextToken,
        @Nullable Item lastEvaluatedKey,
        @Nullable ConsumedCapacity consumedCapacity) {}
