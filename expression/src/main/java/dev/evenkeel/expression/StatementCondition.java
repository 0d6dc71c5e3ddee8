package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The WHERE of a statement, bound. Also evaluated where only the rest of a key condition is in question. */
public final class StatementCondition implements Condition {
    private final BoundCondition bound;
    private final String text;
    private final List<AttributeValue> parameters;

    StatementCondition(Test test, Mentions mentions, String text, List<AttributeValue> parameters) {
        this.text = text;
        this.parameters = List.copyOf(parameters);
        this.bound = new BoundCondition(test, mentions, source(StatementPart.CONDITION));
    }

    private ExpressionSource source(StatementPart part) {
        return new ExpressionSource.Statement(part, text, parameters);
    }

    Test test() {
        return bound.test();
    }

    @Override
    public boolean matches(@Nullable Item item) {
        return bound.matches(item);
    }

    @Override
    public Set<String> attributeNames() {
        return bound.attributeNames();
    }

    @Override
    public Set<String> nestedNames() {
        return bound.nestedNames();
    }

    @Override
    public ExpressionSource source() {
        return bound.source();
    }

    /** The same, but met by an item that does not exist: a DELETE that finds nothing has nothing to object to. */
    Condition unlessAbsent() {
        return new UnlessAbsent(this);
    }

    private record UnlessAbsent(StatementCondition of) implements Condition {
        @Override
        public boolean matches(@Nullable Item item) {
            return item == null || of.matches(item);
        }

        @Override
        public Set<String> attributeNames() {
            return of.attributeNames();
        }

        @Override
        public Set<String> nestedNames() {
            return of.nestedNames();
        }

        @Override
        public ExpressionSource source() {
            return of.source(StatementPart.CONDITION_UNLESS_ABSENT);
        }
    }
}
