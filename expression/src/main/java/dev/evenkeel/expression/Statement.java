package dev.evenkeel.expression;

import dev.evenkeel.expression.partiql.Returning;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeySchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PartiQL statement bound to its parameters. Immutable. */
public sealed interface Statement {

    /** Name or ARN, as the statement has it. */
    String table();

    /** Whether it only reads. */
    default boolean isRead() {
        return false;
    }

    /**
     * SELECT.
     *
     * @param index null for the table itself
     * @param projection null for {@code *}
     * @param where null when every item is wanted
     */
    record Select(
            String table,
            @Nullable String index,
            @Nullable DocumentProjection projection,
            @Nullable StatementCondition where,
            List<SortOrder> order)
            implements Statement {
        public Select {
            order = List.copyOf(order);
        }

        @Override
        public boolean isRead() {
            return true;
        }

        /**
         * How the items are found that WHERE selects.
         *
         * @param key of the table or index that is read; one partition key attribute and at most one sort key attribute
         * @throws DynamoException validation, when WHERE or ORDER BY does not fit the key
         */
        public KeyAccess access(KeySchema key) {
            return new KeyAccessPlanner(key).plan(where == null ? null : where.test(), order);
        }

        /**
         * The key of the one item to read.
         *
         * @throws DynamoException validation, when WHERE does not give all of it
         */
        public Item key(KeySchema key) {
            return StatementKey.of(where, key);
        }

        /** Whether WHERE gives the whole key, by equality, and nothing else. */
        public boolean isByKeyAlone(KeySchema key) {
            return where != null && StatementKey.isAll(where, key);
        }
    }

    /** INSERT. */
    record Insert(String table, Item item) implements Statement {}

    /** UPDATE. */
    record Change(
            String table,
            Update update,
            @Nullable StatementCondition where,
            @Nullable Returning returning) implements Statement {

        /**
         * The key of the item to change.
         *
         * @throws DynamoException validation, when WHERE does not give all of it
         */
        public Item key(KeySchema key) {
            return StatementKey.of(where, key);
        }

        /** What must hold of the item. It names the key, so no item that is not there meets it. */
        public Condition condition() {
            if (where == null) {
                throw new IllegalStateException("an UPDATE without WHERE has no key");
            }
            return where;
        }
    }

    /** DELETE. */
    record Delete(
            String table,
            @Nullable StatementCondition where,
            @Nullable Returning returning) implements Statement {

        /**
         * The key of the item to delete.
         *
         * @throws DynamoException validation, when WHERE does not give all of it
         */
        public Item key(KeySchema key) {
            return StatementKey.of(where, key);
        }

        /** What must hold of the item, if there is one; null when WHERE gives its key and no more. */
        public @Nullable Condition condition(KeySchema key) {
            return where == null || StatementKey.isAll(where, key) ? null : where.unlessAbsent();
        }
    }

    /** {@code EXISTS(SELECT …)}: a condition that a transaction checks. */
    record Exists(Select select) implements Statement {
        @Override
        public String table() {
            return select.table();
        }

        /**
         * The key of the item to look at.
         *
         * @throws DynamoException validation, when WHERE does not give all of it and a condition
         */
        public Item key(KeySchema key) {
            var where = select.where();
            if (where == null || !StatementKey.isGiven(where, key) || StatementKey.isAll(where, key)) {
                throw DynamoException.validation("EXISTS() must contain a single item read with additional condition");
            }
            return StatementKey.of(where, key);
        }

        /** What must hold of the item. It names the key, so no item that is not there meets it. */
        public Condition condition() {
            var where = select.where();
            if (where == null) {
                throw new IllegalStateException("an EXISTS without WHERE has no key");
            }
            return where;
        }
    }
}
