package dev.evenkeel.router;

import dev.evenkeel.api.shape.ParameterizedStatement;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.DocumentProjection;
import dev.evenkeel.expression.Statement;
import dev.evenkeel.expression.Statements;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.partition.ItemWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One statement of an ExecuteTransaction as the action it is. What a transaction does with its actions does not depend on
 * how they were written.
 */
sealed interface TransactionStatement {
    TableRoute route();

    /** Where its item lies. */
    byte[] position();

    /** SELECT of one item. */
    @SuppressWarnings("ArrayRecordComponent") // never written to, never compared
    record Read(TableRoute route, byte[] position, @Nullable DocumentProjection projection)
            implements TransactionStatement {}

    /**
     * INSERT, UPDATE or DELETE. The condition of a put is that there is no item; that it failed is a {@code DuplicateItem}.
     */
    record Write(TableRoute route, ItemWrite write) implements TransactionStatement {
        @Override
        public byte[] position() {
            return write.position();
        }
    }

    /** EXISTS: an item that must meet a condition and is left as it is. */
    @SuppressWarnings("ArrayRecordComponent") // never written to, never compared
    record Check(TableRoute route, byte[] position, Condition condition, boolean returnItemOnConditionFailure)
            implements TransactionStatement {}

    /**
     * All of them: reads, or writes and checks.
     *
     * @throws DynamoException when one of them cannot be run in a transaction, whatever the data are
     */
    static List<TransactionStatement> of(List<ParameterizedStatement> statements, Routes routes) {
        var actions = new ArrayList<TransactionStatement>(statements.size());
        for (int i = 0; i < statements.size(); i++) {
            actions.add(action(i, statements.get(i), routes));
        }
        long reads = actions.stream().filter(action -> action instanceof Read).count();
        if (reads > 0 && reads < actions.size()) {
            throw DynamoException.validation(
                    "Statements in an ExecuteTransaction must be either all reads or all writes");
        }
        return actions;
    }

    private static TransactionStatement action(int number, ParameterizedStatement member, Routes routes) {
        var text = Parameters.required(member.statement());
        told(number, () -> Statements.isRead(text));
        var parameters = StatementRequest.parameters(text, member.parameters());
        boolean returnItem = ReturnValues.onConditionFailure(member.returnValuesOnConditionCheckFailure());
        return told(number, () -> action(Statements.bind(text, parameters), routes, returnItem));
    }

    /** What is wrong with a statement is told with its number. */
    private static <T> T told(int number, Supplier<T> step) {
        try {
            return step.get();
        } catch (DynamoException failure) {
            throw failure.code() == ErrorCode.VALIDATION
                    ? DynamoException.validation(
                            "Validation failed in TransactStatements[" + number + "]: " + failure.getMessage())
                    : failure;
        }
    }

    private static TransactionStatement action(Statement statement, Routes routes, boolean returnItem) {
        return switch (statement) {
            case Statement.Select select -> read(select, routes);
            case Statement.Exists exists -> check(exists, routes, returnItem);
            case Statement.Insert insert -> write(StatementWrite.of(insert, routes));
            case Statement.Change change -> write(StatementWrite.of(change, routes, returnItem));
            case Statement.Delete delete -> write(StatementWrite.of(delete, routes, returnItem));
        };
    }

    private static Write write(StatementWrite planned) {
        if (planned.returning() != null) {
            throw DynamoException.validation("RETURNING clause is not supported in ExecuteTransaction.");
        }
        return new Write(planned.route(), planned.write());
    }

    private static Read read(Statement.Select select, Routes routes) {
        if (select.index() != null) {
            throw DynamoException.validation("Reads on indices are not supported within transactions.");
        }
        var route = routes.table(select.table());
        if (!select.isByKeyAlone(route.key())) {
            throw DynamoException.validation(
                    "Select statements within ExecuteTransaction must specify the primary key in the where clause.");
        }
        if (select.projection() != null) {
            KeyPaths.check(select.projection().nestedNames(), route.schema());
        }
        return new Read(route, position(select.key(route.key()), route), select.projection());
    }

    private static Check check(Statement.Exists exists, Routes routes, boolean returnItem) {
        var route = routes.table(exists.table());
        var position = position(exists.key(route.key()), route);
        return new Check(route, position, exists.condition(), returnItem);
    }

    private static byte[] position(Item key, TableRoute route) {
        return KeyValidation.positionOfKey(key, route.key());
    }
}
