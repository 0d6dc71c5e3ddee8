package dev.evenkeel.expression;

import dev.evenkeel.model.Item;
import java.util.Set;

/** The parts of an item that a read asks for. Immutable. */
public interface DocumentProjection {

    /** The item reduced to these parts; several elements of one list come out as a dense list in index order. */
    Item project(Item item);

    /** The top-level attributes it mentions, in order of appearance. */
    Set<String> attributeNames();

    /** Those of {@link #attributeNames} it looks into by {@code .} or {@code []}. */
    Set<String> nestedNames();

    ExpressionSource source();
}
