package dev.evenkeel.expression;

import dev.evenkeel.model.Item;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A condition or filter, bound to its values. Immutable; decodes only the attributes it mentions. */
public interface Condition {

    /** Whether the item meets it; null is the item that does not exist, which has no attributes. */
    boolean matches(@Nullable Item item);

    /** The top-level attributes it mentions, in order of appearance. */
    Set<String> attributeNames();

    /** Those of {@link #attributeNames} it looks into by {@code .} or {@code []}. Key attributes may not be among them. */
    Set<String> nestedNames();

    ExpressionSource source();
}
