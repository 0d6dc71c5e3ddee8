package dev.evenkeel.expression.partiql;

import dev.evenkeel.expression.partiql.Expression.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as it is written: nothing checked but the grammar. */
public sealed interface StatementSyntax {

    /**
     * A table, or one of its indexes.
     *
     * @param index null for the table itself
     */
    record Source(String table, @Nullable String index) {}

    /** @param columns empty for {@code *} */
    record Select(
            List<Expression> columns,
            Source source,
            @Nullable Expression where,
            List<Order> order) implements StatementSyntax {
        public Select {
            columns = List.copyOf(columns);
            order = List.copyOf(order);
        }
    }

    record Order(Expression key, boolean descending) {}

    record Insert(Source source, Expression item) implements StatementSyntax {}

    record Update(
            Source source,
            List<Change> changes,
            @Nullable Expression where,
            @Nullable Returning returning) implements StatementSyntax {
        public Update {
            changes = List.copyOf(changes);
        }
    }

    sealed interface Change {
        Path target();
    }

    record Assign(Path target, Expression value) implements Change {}

    record Remove(Path target) implements Change {}

    record Delete(
            Source source,
            @Nullable Expression where,
            @Nullable Returning returning) implements StatementSyntax {}

    /** {@code EXISTS(SELECT …)}: a condition that a transaction checks. */
    record Exists(Select select) implements StatementSyntax {}
}
