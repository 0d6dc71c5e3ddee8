package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways to meet a WHERE: tests that must hold together, and what they say of the key.
 *
 * @param partition null when the partition key is not given
 * @param sortEquals null when the sort key is not given
 * @param comparison another condition on the sort key, null when there is none or the sort key is given
 * @param exact whether the tests say no more than that
 * @param awkward whether they ask something of the sort key that is no range
 */
record KeyBranch(
        @Nullable AttributeValue partition,
        @Nullable AttributeValue sortEquals,
        @Nullable SortComparison comparison,
        boolean exact,
        boolean awkward) {

    static KeyBranch of(List<Test> tests, KeySchema schema) {
        return new Reader(schema).read(tests);
    }

    boolean hasRange() {
        return sortEquals != null || comparison != null;
    }

    KeyInterval interval() {
        return sortEquals != null ? KeyInterval.equal(sortEquals) : KeyInterval.of(comparison);
    }

    KeyCondition condition() {
        return new KeyCondition(
                List.of(Objects.requireNonNull(partition)),
                sortEquals == null ? List.of() : List.of(sortEquals),
                comparison);
    }

    /** @throws dev.evenkeel.model.DynamoException validation, when a value is not of the key's type */
    void checkTypes(KeySchema schema) {
        if (partition != null) {
            StatementKey.checkType(schema.partitionKey().getFirst(), partition);
        }
        if (!schema.hasSortKey()) {
            return;
        }
        var sort = schema.sortKey().getFirst();
        if (sortEquals != null) {
            StatementKey.checkType(sort, sortEquals);
        }
        switch (comparison) {
            case SortComparison.Compare(var _, var value) -> StatementKey.checkType(sort, value);
            case SortComparison.BeginsWith(var prefix) -> StatementKey.checkType(sort, prefix);
            case SortComparison.Between(var low, var high) -> {
                StatementKey.checkType(sort, low);
                StatementKey.checkType(sort, high);
            }
            case null -> {}
        }
    }

    /** Goes through the tests of one branch. The first that gives a key attribute, or bounds it, counts. */
    private static final class Reader {
        private final KeyAttribute hash;
        private final @Nullable KeyAttribute sort;

        private @Nullable AttributeValue partition;
        private @Nullable AttributeValue sortEquals;
        private @Nullable SortComparison comparison;
        private boolean awkward;

        Reader(KeySchema schema) {
            hash = schema.partitionKey().getFirst();
            sort = schema.hasSortKey() ? schema.sortKey().getFirst() : null;
        }

        KeyBranch read(List<Test> tests) {
            for (var test : tests) {
                var given = StatementKey.equality(hash, test);
                if (partition == null && given != null) {
                    partition = given;
                } else if (sort != null && mentions(test, sort.name())) {
                    readSort(test, sort);
                }
            }
            boolean given = sortEquals != null;
            int used = (partition == null ? 0 : 1) + (given || comparison != null ? 1 : 0);
            return new KeyBranch(partition, sortEquals, given ? null : comparison, used == tests.size(), awkward);
        }

        private void readSort(Test test, KeyAttribute attribute) {
            var equal = StatementKey.equality(attribute, test);
            var range = equal == null ? range(test, attribute) : null;
            sortEquals = sortEquals == null ? equal : sortEquals;
            comparison = comparison == null ? range : comparison;
            awkward |= equal == null && range == null;
        }
    }

    private static @Nullable SortComparison range(Test test, KeyAttribute sort) {
        return switch (test) {
            case Test.Compared(var comparator, var left, var right) -> {
                if (StatementKey.is(sort, left) && right instanceof Operand.Constant(var value)) {
                    yield compare(comparator, value);
                }
                yield StatementKey.is(sort, right) && left instanceof Operand.Constant(var value)
                        ? compare(comparator.flipped(), value)
                        : null;
            }
            case Test.Between(var value, Operand.Constant(var low), Operand.Constant(var high))
            when StatementKey.is(sort, value) -> new SortComparison.Between(low, high);
            case Test.BeginsWith(var value, Operand.Constant(var prefix))
            when StatementKey.is(sort, value) -> new SortComparison.BeginsWith(prefix);
            default -> null;
        };
    }

    private static @Nullable SortComparison compare(Comparator comparator, AttributeValue value) {
        return switch (comparator) {
            case LESS -> new SortComparison.Compare(SortComparison.Operator.LESS, value);
            case LESS_OR_EQUAL -> new SortComparison.Compare(SortComparison.Operator.LESS_OR_EQUAL, value);
            case GREATER -> new SortComparison.Compare(SortComparison.Operator.GREATER, value);
            case GREATER_OR_EQUAL -> new SortComparison.Compare(SortComparison.Operator.GREATER_OR_EQUAL, value);
            case EQUAL, NOT_EQUAL -> null;
        };
    }

    /** Whether the test looks at that attribute. */
    static boolean mentions(Test test, String attribute) {
        return switch (test) {
            case Test.AllOf(var parts) -> anyMentions(parts, attribute);
            case Test.AnyOf(var parts) -> anyMentions(parts, attribute);
            case Test.Negation(var of) -> mentions(of, attribute);
            case Test.Compared(var _, var left, var right) -> anyIs(Set.of(left, right), attribute);
            case Test.Between(var value, var low, var high) -> anyIs(List.of(value, low, high), attribute);
            case Test.OneOf(var value, var options) -> anyIs(List.of(value), attribute) || anyIs(options, attribute);
            case Test.Exists(var path) -> path.attribute().equals(attribute);
            case Test.Missing(var path) -> path.attribute().equals(attribute);
            case Test.HasType(var value, var _) -> anyIs(List.of(value), attribute);
            case Test.BeginsWith(var value, var prefix) -> anyIs(List.of(value, prefix), attribute);
            case Test.Contains(var container, var part) -> anyIs(List.of(container, part), attribute);
            case Test.ContainsNot(var path, var _) -> path.attribute().equals(attribute);
        };
    }

    private static boolean anyMentions(List<Test> tests, String attribute) {
        for (var test : tests) {
            if (mentions(test, attribute)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyIs(Iterable<Operand> operands, String attribute) {
        for (var operand : operands) {
            var inner = operand;
            while (inner instanceof Operand.Size(var of)) {
                inner = of;
            }
            if (inner instanceof Operand.Attribute(var path) && path.attribute().equals(attribute)) {
                return true;
            }
        }
        return false;
    }
}
