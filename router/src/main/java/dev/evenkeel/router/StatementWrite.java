package dev.evenkeel.router;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Placeholders;
import dev.evenkeel.expression.Statement;
import dev.evenkeel.expression.partiql.Returning;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.partition.ItemWrite;
import dev.evenkeel.partition.WriteOutcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An INSERT, UPDATE or DELETE as the write of one item that it is: what WHERE says besides the key is the write's
 * condition.
 *
 * @param item the item that is put, or the key of the one that is changed or deleted
 * @param returning what to answer of the item, or null for nothing
 */
record StatementWrite(
        TableRoute route,
        Item item,
        ItemWrite write,
        @Nullable Returning returning) implements StatementPlan {

    /** @throws DynamoException when there is no such table, or the item does not fit it */
    static StatementWrite of(Statement.Insert insert, Routes routes) {
        var item = insert.item();
        PutItemHandler.checkSize(item);
        var route = routes.table(insert.table());
        checkKey(item, route.key());
        var position = KeyValidation.positionOfItem(item, route.key(), KeyValidation.Wording.ITEM);
        IndexKeyValidation.checkItem(item, route.schema());
        return new StatementWrite(route, item, new ItemWrite.Put(position, item, isAbsent(route.key()), false), null);
    }

    private static void checkKey(Item item, KeySchema key) {
        for (var attribute : key.attributes()) {
            var type = item.typeOf(attribute.name());
            if (type == null) {
                throw DynamoException.validation(
                        "Key attribute should be present in the item: Key " + attribute.name());
            }
            if (type != attribute.type()) {
                throw DynamoException.validation("Key attribute's data type should match its data type in table's "
                        + "schema: Key " + attribute.name());
            }
        }
    }

    private static Condition isAbsent(KeySchema key) {
        var name = key.partitionKey().getFirst().name();
        return Expressions.condition(
                ExpressionKind.CONDITION, "attribute_not_exists(#k)", new Placeholders(Map.of("#k", name), null));
    }

    /** @throws DynamoException when there is no such table, or the statement does not fit it */
    static StatementWrite of(Statement.Change change, Routes routes, boolean returnItem) {
        var route = routes.table(change.table());
        var key = change.key(route.key());
        var position = KeyValidation.positionOfKey(key, route.key());
        UpdateItemHandler.checkTargets(change.update(), route.schema());
        return new StatementWrite(
                route,
                key,
                new ItemWrite.Change(position, key, change.update(), change.condition(), returnItem),
                change.returning());
    }

    /** @throws DynamoException when there is no such table, or the statement does not fit it */
    static StatementWrite of(Statement.Delete delete, Routes routes, boolean returnItem) {
        var route = routes.table(delete.table());
        var key = delete.key(route.key());
        var position = KeyValidation.positionOfKey(key, route.key());
        return new StatementWrite(
                route,
                key,
                new ItemWrite.Delete(position, delete.condition(route.key()), returnItem),
                delete.returning());
    }

    @Override
    public String calledAs() {
        return route.calledAs();
    }

    @Override
    public StatementAnswer run(StatementRequest request) {
        var outcome = apply();
        var returned = returning == null ? null : returnValues(returning).of(outcome);
        return new StatementAnswer(
                returned == null ? List.of() : List.of(returned),
                null,
                null,
                CapacityTally.ofWrite(request.capacityMode(), route, outcome));
    }

    private WriteOutcome apply() {
        try {
            return route.replica(write.position()).write(write);
        } catch (DynamoException failure) {
            if (write instanceof ItemWrite.Put && failure.code() == ErrorCode.CONDITIONAL_CHECK_FAILED) {
                throw new DynamoException(ErrorCode.DUPLICATE_ITEM, "Duplicate primary key exists in table");
            }
            throw failure;
        }
    }

    private static ReturnValues returnValues(Returning returning) {
        return switch (returning) {
            case ALL_OLD -> ReturnValues.ALL_OLD;
            case MODIFIED_OLD -> ReturnValues.UPDATED_OLD;
            case ALL_NEW -> ReturnValues.ALL_NEW;
            case MODIFIED_NEW -> ReturnValues.UPDATED_NEW;
        };
    }

    @Override
    public String explain() {
        if (write instanceof ItemWrite.Put) {
            return "PutItem " + calledAs() + " if it is not there";
        }
        var key = calledAs() + " by " + String.join(", ", route.key().names());
        if (write instanceof ItemWrite.Change) {
            return "UpdateItem " + key + " if WHERE holds";
        }
        return "DeleteItem " + key + (write.condition() == null ? "" : " if it is not there or WHERE holds");
    }
}
