package dev.evenkeel.expression;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parts of statements, bound again where they arrived. */
final class StatementParts {
    private StatementParts() {}

    static Condition condition(ExpressionSource.Statement source) {
        var where = Objects.requireNonNull(where(Statements.bind(source.text(), source.parameters())));
        return source.part() == StatementPart.CONDITION_UNLESS_ABSENT ? where.unlessAbsent() : where;
    }

    private static @Nullable StatementCondition where(Statement statement) {
        return switch (statement) {
            case Statement.Select select -> select.where();
            case Statement.Change change -> change.where();
            case Statement.Delete delete -> delete.where();
            case Statement.Exists exists -> exists.select().where();
            case Statement.Insert _ -> null;
        };
    }

    static Update update(ExpressionSource.Statement source) {
        if (Statements.bind(source.text(), source.parameters()) instanceof Statement.Change change) {
            return change.update();
        }
        throw new IllegalStateException("a statement without an update");
    }

    static DocumentProjection projection(ExpressionSource.Statement source) {
        if (Statements.bind(source.text(), source.parameters()) instanceof Statement.Select select
                && select.projection() != null) {
            return select.projection();
        }
        throw new IllegalStateException("a statement without a projection");
    }
}
