package dev.evenkeel.verify.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Random queries and scans of the tables and indexes of a model. */
final class RandomReads {
    private static final int SEGMENTS_MAX = 5;

    private final ModelDatabase model;
    private final RandomValues values;
    private final RandomClauses clauses;

    RandomReads(ModelDatabase model, RandomValues values) {
        this.model = model;
        this.values = values;
        this.clauses = new RandomClauses(values);
    }

    RangeRead read() {
        var shape = values.one(model.shapes());
        var index = shape.indexes().isEmpty() || values.percent(35)
                ? Optional.<IndexShape>empty()
                : Optional.of(values.one(shape.indexes()));
        boolean query = values.percent(65);
        boolean fetches = query && index.isPresent() && !index.get().global() && values.percent(35);
        var projection = projection(shape, index, fetches);
        var select = select(index, fetches, projection);
        int segments = query || values.percent(50) ? 0 : 1 + values.one(List.of(0, 1, SEGMENTS_MAX - 1));
        return new RangeRead(
                shape,
                index,
                query ? Optional.of(range(shape, index)) : Optional.empty(),
                !query || values.percent(50),
                values.percent(50) ? 0 : values.one(List.of(1, 2, 3, 7)),
                fetches || values.percent(50) ? Optional.empty() : filter(shape, index, query),
                select.isEmpty() ? projection : List.of(),
                select,
                values.percent(40) && index.map(it -> !it.global()).orElse(true),
                segments,
                segments == 0 ? 0 : values.one(List.of(0, segments - 1)),
                values.one(List.of(Units.CapacityMode.INDEXES, Units.CapacityMode.INDEXES, Units.CapacityMode.TOTAL)));
    }

    private List<DocumentPath> projection(TableShape shape, Optional<IndexShape> index, boolean fetches) {
        return values.percent(60) ? List.of() : clauses.projection(roots(shape, index, fetches, Set.of()));
    }

    private String select(Optional<IndexShape> index, boolean fetches, List<DocumentPath> projection) {
        if (fetches && projection.isEmpty()) {
            return "ALL_ATTRIBUTES";
        }
        if (values.percent(15) && !fetches) {
            return "COUNT";
        }
        return index.isPresent() && projection.isEmpty() && values.percent(30) ? "ALL_PROJECTED_ATTRIBUTES" : "";
    }

    /** What a filter of a query may not name: the keys of what is queried. */
    private Optional<Clause> filter(TableShape shape, Optional<IndexShape> index, boolean query) {
        var own = new ArrayList<String>();
        if (query) {
            index.ifPresentOrElse(
                    it -> it.key().forEach(part -> own.add(part.name())), () -> own.addAll(shape.keyNames()));
        }
        var roots = roots(shape, index, false, Set.copyOf(own));
        return switch (roots.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new Clause.Exists(DocumentPath.of(roots.getFirst())));
            default -> Optional.of(clauses.clause(roots, example(shape, index), 2));
        };
    }

    private static List<String> roots(
            TableShape shape, Optional<IndexShape> index, boolean fetches, Set<String> without) {
        var names = new ArrayList<>(RandomValues.ATTRIBUTES.keySet());
        names.addAll(shape.keyNames());
        index.filter(_ -> !fetches).ifPresent(it -> names.removeIf(name -> !it.projects(name)));
        names.removeAll(without);
        return names;
    }

    private KeyRange range(TableShape shape, Optional<IndexShape> index) {
        var hash = index.map(IndexShape::hash).orElse(List.of(shape.hash()));
        var range =
                index.map(IndexShape::range).orElse(shape.range().map(List::of).orElse(List.of()));
        var example = example(shape, index);
        var hashValues = hash.stream().map(part -> keyValue(part, example)).toList();
        int equal = range.isEmpty() ? 0 : values.one(List.of(0, 0, 0, 1, range.size()));
        var rangeValues = range.subList(0, Math.min(equal, range.size())).stream()
                .map(part -> keyValue(part, example))
                .toList();
        boolean more = rangeValues.size() < range.size() && values.percent(60);
        return new KeyRange(
                hash,
                hashValues,
                range,
                rangeValues,
                more ? Optional.of(test(range.get(rangeValues.size()), example)) : Optional.empty());
    }

    /** An entry that is there, so that queries do not all come back empty. */
    private Map<String, Value> example(TableShape shape, Optional<IndexShape> index) {
        var entries = model.table(shape.name()).entries(index);
        return entries.isEmpty() || values.percent(15) ? Map.of() : values.one(entries);
    }

    private Value keyValue(KeyPart part, Map<String, Value> example) {
        var value = example.get(part.name());
        return value == null ? values.key(part.type()) : value;
    }

    private KeyRange.SortTest test(KeyPart part, Map<String, Value> example) {
        var value = values.percent(50) ? keyValue(part, example) : values.key(part.type());
        var other = values.key(part.type());
        var operator = values.one(List.of("<", "<=", ">", ">=", "BETWEEN", "begins_with"));
        if (operator.equals("begins_with") && part.type().equals("N")) {
            operator = ">=";
        }
        boolean ordered = Value.compare(value, other) <= 0;
        return operator.equals("BETWEEN")
                ? new KeyRange.SortTest(operator, ordered ? value : other, ordered ? other : value)
                : new KeyRange.SortTest(operator, value, value);
    }
}
