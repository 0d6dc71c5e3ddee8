package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a WHERE says of the key. It is taken apart into alternatives, of which each is a list of tests that hold
 * together (disjunctive normal form, as far as the key is concerned). When every alternative gives the partition key by
 * equality, the items are found under those keys; else everything must be looked at.
 *
 * <p>Alternatives under the same partition key must not select an item twice. DynamoDB refuses those whose sort key
 * conditions overlap, with one exception that was measured: with a negation or {@code <>} among them the partition is
 * read as a whole. So do we.
 */
final class KeyAccessPlanner {
    /** Partition keys that an IN may list (Developer Guide, "PartiQL operators"). */
    private static final int PARTITION_VALUES_MAX = 50;

    /**
     * Alternatives: an IN of 50 partition keys and one of 100 sort keys still fits. What would make more is not taken apart
     * but asked of each item.
     */
    private static final int BRANCHES_MAX = 5_000;

    private final KeySchema schema;
    private final KeyAttribute hash;

    KeyAccessPlanner(KeySchema schema) {
        this.schema = schema;
        this.hash = schema.partitionKey().getFirst();
    }

    /** Lookups of one partition key. */
    private record Group(List<KeyBranch> branches, boolean filtered) {}

    KeyAccess plan(@Nullable Test where, List<SortOrder> order) {
        checkOrder(where, order);
        var access = where == null ? new KeyAccess.Everything(false, "there is no WHERE") : search(where, order);
        if (!order.isEmpty() && access instanceof KeyAccess.Everything) {
            throw DynamoException.validation("Must have at least one non-optional hash key condition in WHERE clause "
                    + "when using ORDER BY clause.");
        }
        return access;
    }

    private KeyAccess lookups(Test where, List<SortOrder> order, List<KeyBranch> branches) {
        var groups = new LinkedHashMap<AttributeValue, Group>();
        byPartition(branches).forEach((partition, alternatives) -> groups.put(partition, group(alternatives)));
        boolean filtered = groups.values().stream().anyMatch(Group::filtered);
        return new KeyAccess.Lookups(
                conditions(groups, order),
                filtered,
                isKeyed(where),
                !isDescending(order, schema.hasSortKey() ? schema.sortKey().getFirst() : null),
                "WHERE gives " + hash.name()
                        + (groups.size() == 1 ? " by equality" : " by equality in each alternative"));
    }

    private KeyAccess search(Test where, List<SortOrder> order) {
        var branches = new ArrayList<KeyBranch>();
        for (var tests : alternatives(where)) {
            var branch = KeyBranch.of(tests, schema);
            if (branch.partition() == null) {
                return new KeyAccess.Everything(
                        true, "WHERE can be met without " + hash.name() + " being equal to a value");
            }
            branches.add(branch);
        }
        branches.forEach(branch -> branch.checkTypes(schema));
        return lookups(where, order, branches);
    }

    // ---------------------------------------------------------------- alternatives

    private List<List<Test>> alternatives(Test test) {
        return switch (test) {
            case Test.AllOf(var parts) -> {
                List<List<Test>> product = List.of(List.of());
                for (var part : parts) {
                    var alternatives = alternatives(part);
                    product = product(
                            product,
                            product.size() * alternatives.size() > BRANCHES_MAX
                                    ? List.of(List.of(part))
                                    : alternatives);
                }
                yield product;
            }
            case Test.AnyOf(var parts)
            when mentionsKey(test) -> {
                var union = new ArrayList<List<Test>>();
                for (var part : parts) {
                    union.addAll(alternatives(part));
                }
                yield union.size() > BRANCHES_MAX ? List.of(List.of(test)) : union;
            }
            case Test.OneOf(var value, var options)
            when isKeyList(value, options) -> {
                checkCount(value, options);
                yield options.stream()
                        .<List<Test>>map(option -> List.of(new Test.Compared(Comparator.EQUAL, value, option)))
                        .toList();
            }
            default -> List.of(List.of(test));
        };
    }

    private static List<List<Test>> product(List<List<Test>> left, List<List<Test>> right) {
        var product = new ArrayList<List<Test>>();
        for (var one : left) {
            for (var other : right) {
                var both = new ArrayList<>(one);
                both.addAll(other);
                product.add(both);
            }
        }
        return product;
    }

    private boolean mentionsKey(Test test) {
        return schema.attributes().stream().anyMatch(attribute -> KeyBranch.mentions(test, attribute.name()));
    }

    private boolean isKeyList(Operand value, List<Operand> options) {
        return schema.attributes().stream().anyMatch(attribute -> StatementKey.is(attribute, value))
                && options.stream().allMatch(option -> option instanceof Operand.Constant);
    }

    private void checkCount(Operand value, List<Operand> options) {
        if (StatementKey.is(hash, value) && options.size() > PARTITION_VALUES_MAX) {
            throw DynamoException.validation(
                    "The IN operator is provided with too many operands; number of operands: " + options.size());
        }
    }

    // ---------------------------------------------------------------- partitions

    private static LinkedHashMap<AttributeValue, List<KeyBranch>> byPartition(List<KeyBranch> branches) {
        var groups = new LinkedHashMap<AttributeValue, List<KeyBranch>>();
        for (var branch : branches) {
            var partition = branch.partition();
            if (partition != null) {
                groups.computeIfAbsent(partition, _ -> new ArrayList<>()).add(branch);
            }
        }
        return groups;
    }

    /** What to look up under one partition key: one branch for each range. */
    private static Group group(List<KeyBranch> alternatives) {
        boolean exact = alternatives.stream().allMatch(KeyBranch::exact);
        if (alternatives.size() == 1) {
            return new Group(alternatives, !exact);
        }
        var first = alternatives.getFirst();
        if (alternatives.stream().anyMatch(KeyBranch::awkward)
                || alternatives.stream().noneMatch(KeyBranch::hasRange)) {
            return new Group(List.of(new KeyBranch(first.partition(), null, null, false, false)), !exact);
        }
        var distinct = new LinkedHashMap<KeyInterval, KeyBranch>();
        for (var branch : alternatives) {
            distinct.putIfAbsent(branch.interval(), branch);
        }
        checkDisjoint(distinct.keySet());
        return new Group(List.copyOf(distinct.values()), !exact);
    }

    private static void checkDisjoint(Collection<KeyInterval> intervals) {
        var sorted = new ArrayList<>(intervals);
        sorted.sort(java.util.Comparator.comparing(KeyInterval::start));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i - 1).overlaps(sorted.get(i))) {
                throw DynamoException.validation(
                        "Overlapping conditions with range keys are not supported in where clause");
            }
        }
    }

    /** Whether the partition key stands among what must hold in any case. */
    private boolean isKeyed(Test where) {
        return StatementKey.conjuncts(where).stream()
                .anyMatch(test -> StatementKey.equality(hash, test) != null
                        || (test instanceof Test.OneOf(var value, var options)
                                && StatementKey.is(hash, value)
                                && isKeyList(value, options)));
    }

    // ---------------------------------------------------------------- order

    private void checkOrder(@Nullable Test where, List<SortOrder> order) {
        if (order.isEmpty()) {
            return;
        }
        if (where == null) {
            throw DynamoException.validation("Must have WHERE clause in the statement when using ORDER BY clause.");
        }
        for (var term : order) {
            if (!schema.names().contains(term.attribute())) {
                throw DynamoException.validation("Variable reference " + term.attribute()
                        + " in ORDER BY clause must be part of the primary key");
            }
        }
    }

    /** The groups' lookups in the order that is asked for, else in that of the statement. */
    private List<KeyCondition> conditions(LinkedHashMap<AttributeValue, Group> groups, List<SortOrder> order) {
        var partitions = new ArrayList<>(groups.keySet());
        if (!order.isEmpty() && partitions.size() > 1) {
            if (!order.getFirst().attribute().equals(hash.name())) {
                throw DynamoException.validation("Must have hash key in ORDER BY clause when more than one hash key "
                        + "condition specified in WHERE clause.");
            }
            partitions.sort(isDescending(order, hash) ? (one, other) -> Values.compare(other, one) : Values::compare);
        }
        boolean sorted = schema.hasSortKey()
                && order.stream().anyMatch(term -> isOf(schema.sortKey().getFirst(), term));
        var conditions = new ArrayList<KeyCondition>();
        for (var partition : partitions) {
            var group = groups.get(partition);
            if (group != null) {
                var branches = new ArrayList<>(group.branches());
                if (sorted) {
                    sort(branches, isDescending(order, schema.sortKey().getFirst()));
                }
                branches.forEach(branch -> conditions.add(branch.condition()));
            }
        }
        return conditions;
    }

    private static void sort(List<KeyBranch> branches, boolean descending) {
        java.util.Comparator<KeyBranch> byStart =
                java.util.Comparator.comparing(branch -> branch.interval().start());
        branches.sort(descending ? byStart.reversed() : byStart);
    }

    private static boolean isOf(KeyAttribute attribute, SortOrder term) {
        return term.attribute().equals(attribute.name());
    }

    private static boolean isDescending(List<SortOrder> order, @Nullable KeyAttribute attribute) {
        return attribute != null && order.stream().anyMatch(term -> isOf(attribute, term) && term.descending());
    }
}
