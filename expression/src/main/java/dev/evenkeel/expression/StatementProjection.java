package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a SELECT. Unlike a projection expression, which keeps the way to a part, it answers each part by itself,
 * under its last name: {@code a.b[0]} as {@code b[0]}.
 *
 * @param columns paths by the names of the answer
 */
record StatementProjection(Map<String, DocumentPath> columns, Mentions mentions, ExpressionSource source)
        implements DocumentProjection {

    @Override
    public Item project(Item item) {
        if (mentions.nested().isEmpty()) {
            return item.only(mentions.names());
        }
        var found = new LinkedHashMap<String, AttributeValue>();
        columns.forEach((name, path) -> {
            var value = path.find(item);
            if (value != null) {
                found.put(name, value);
            }
        });
        return Item.of(found);
    }

    @Override
    public Set<String> attributeNames() {
        return mentions.names();
    }

    @Override
    public Set<String> nestedNames() {
        return mentions.nested();
    }

    /** What a column is called in the answer. */
    static String nameOf(DocumentPath path) {
        var name = new StringBuilder(path.attribute());
        for (var step : path.rest()) {
            switch (step) {
                case DocumentPath.Field(var field) -> {
                    name.setLength(0);
                    name.append(field);
                }
                case DocumentPath.Element element -> name.append(element);
            }
        }
        return name.toString();
    }
}
