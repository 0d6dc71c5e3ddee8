package dev.evenkeel.expression;

import dev.evenkeel.model.Item;
import java.util.Set;

record BoundProjection(ProjectionTree tree, Mentions mentions, ExpressionSource source) implements DocumentProjection {
    @Override
    public Item project(Item item) {
        return tree.of(item);
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
