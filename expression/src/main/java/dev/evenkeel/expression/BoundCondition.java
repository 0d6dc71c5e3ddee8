package dev.evenkeel.expression;

import dev.evenkeel.model.Item;
import java.util.Set;
import org.jspecify.annotations.Nullable;

record BoundCondition(Test test, Mentions mentions, ExpressionSource source) implements Condition {
    @Override
    public boolean matches(@Nullable Item item) {
        return test.holds(item == null ? Item.EMPTY : item);
    }

    @Override
    public Set<String> attributeNames() {
        return mentions.names();
    }

    @Override
    public Set<String> nestedNames() {
        return mentions.nested();
    }
}
