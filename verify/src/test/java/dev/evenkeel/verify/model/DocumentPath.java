package dev.evenkeel.verify.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A document path: a top-level attribute and steps into maps and lists. */
record DocumentPath(String root, List<Step> steps) {
    sealed interface Step {}

    record Name(String name) implements Step {}

    record Index(int index) implements Step {}

    DocumentPath {
        steps = List.copyOf(steps);
    }

    static DocumentPath of(String root, Step... steps) {
        return new DocumentPath(root, List.of(steps));
    }

    boolean isTopLevel() {
        return steps.isEmpty();
    }

    boolean goesThroughAList() {
        return steps.stream().anyMatch(Index.class::isInstance);
    }

    String text(Placeholders placeholders) {
        return placeholders.name(root)
                + steps.stream()
                        .map(step -> switch (step) {
                            case Name name -> "." + placeholders.name(name.name);
                            case Index index -> "[" + index.index + "]";
                        })
                        .collect(Collectors.joining());
    }

    /** The value there, if there is one. */
    Optional<Value> in(Map<String, Value> item) {
        var at = Optional.ofNullable(item.get(root));
        for (var step : steps) {
            at = at.flatMap(value -> child(value, step));
        }
        return at;
    }

    private static Optional<Value> child(Value value, Step step) {
        if (value instanceof Value.M map && step instanceof Name name) {
            return Optional.ofNullable(map.entries().get(name.name));
        }
        if (value instanceof Value.L list
                && step instanceof Index index
                && index.index < list.elements().size()) {
            return Optional.of(list.elements().get(index.index));
        }
        return Optional.empty();
    }

    /** The item with this path set. What it leads through must be there. */
    Map<String, Value> set(Map<String, Value> item, Value value) {
        return change(item, Optional.of(value));
    }

    /** The item without what is at this path, if anything. What it leads through must be there. */
    Map<String, Value> remove(Map<String, Value> item) {
        return change(item, Optional.empty());
    }

    private Map<String, Value> change(Map<String, Value> item, Optional<Value> value) {
        var changed = new TreeMap<>(item);
        var top = Optional.ofNullable(item.get(root));
        if (!isTopLevel() && top.isEmpty()) {
            throw ModelException.validation("document path");
        }
        var replaced = top.isPresent() ? change(top.get(), steps, value) : value;
        replaced.ifPresentOrElse(found -> changed.put(root, found), () -> changed.remove(root));
        return changed;
    }

    private static Optional<Value> change(Value at, List<Step> steps, Optional<Value> value) {
        if (steps.isEmpty()) {
            return value;
        }
        var rest = steps.subList(1, steps.size());
        if (at instanceof Value.M map && steps.getFirst() instanceof Name name) {
            return Optional.of(changeEntry(map, name.name, rest, value));
        }
        if (at instanceof Value.L list && steps.getFirst() instanceof Index index) {
            return Optional.of(changeElement(list, index.index, rest, value));
        }
        throw ModelException.validation("document path");
    }

    private static Value changeEntry(Value.M map, String name, List<Step> rest, Optional<Value> value) {
        var child = map.entries().get(name);
        if (child == null && !rest.isEmpty()) {
            throw ModelException.validation("document path");
        }
        var replaced = child == null ? value : change(child, rest, value);
        var entries = new TreeMap<>(map.entries());
        replaced.ifPresentOrElse(found -> entries.put(name, found), () -> entries.remove(name));
        return new Value.M(entries);
    }

    private static Value changeElement(Value.L list, int index, List<Step> rest, Optional<Value> value) {
        var elements = new ArrayList<>(list.elements());
        if (index >= elements.size()) {
            if (!rest.isEmpty()) {
                throw ModelException.validation("document path");
            }
            value.ifPresent(elements::add);
            return new Value.L(elements);
        }
        change(elements.get(index), rest, value)
                .ifPresentOrElse(found -> elements.set(index, found), () -> elements.remove(index));
        return new Value.L(elements);
    }

    /** What a projection onto those paths leaves: maps keep their shape, lists close up. */
    static Map<String, Value> project(Map<String, Value> item, List<DocumentPath> paths) {
        var projected = new TreeMap<String, Value>();
        for (var root : paths.stream().map(DocumentPath::root).distinct().toList()) {
            var value = item.get(root);
            if (value != null) {
                var below = paths.stream()
                        .filter(path -> path.root.equals(root))
                        .map(DocumentPath::steps)
                        .toList();
                projectValue(value, below).ifPresent(found -> projected.put(root, found));
            }
        }
        return projected;
    }

    private static Optional<Value> projectValue(Value value, List<List<Step>> paths) {
        if (paths.stream().anyMatch(List::isEmpty)) {
            return Optional.of(value);
        }
        var byFirst = new LinkedHashMap<Step, List<List<Step>>>();
        for (var path : paths) {
            byFirst.computeIfAbsent(path.getFirst(), _ -> new ArrayList<>()).add(path.subList(1, path.size()));
        }
        return switch (value) {
            case Value.M map -> projectMap(map, byFirst);
            case Value.L list -> projectList(list, byFirst);
            default -> Optional.empty();
        };
    }

    private static Optional<Value> projectMap(Value.M map, Map<Step, List<List<Step>>> byFirst) {
        var entries = new TreeMap<String, Value>();
        byFirst.forEach((step, rest) -> {
            if (step instanceof Name name) {
                child(map, step)
                        .flatMap(child -> projectValue(child, rest))
                        .ifPresent(found -> entries.put(name.name, found));
            }
        });
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Value.M(entries));
    }

    private static Optional<Value> projectList(Value.L list, Map<Step, List<List<Step>>> byFirst) {
        var elements = new ArrayList<Value>();
        for (int i = 0; i < list.elements().size(); i++) {
            var rest = byFirst.get(new Index(i));
            if (rest != null) {
                projectValue(list.elements().get(i), rest).ifPresent(elements::add);
            }
        }
        return elements.isEmpty() ? Optional.empty() : Optional.of(new Value.L(elements));
    }

    /** Whether two paths of one update would get in each other's way. */
    boolean overlaps(DocumentPath other) {
        if (!root.equals(other.root)) {
            return false;
        }
        int common = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < common; i++) {
            var mine = steps.get(i);
            var theirs = other.steps.get(i);
            if (mine.getClass() != theirs.getClass()) {
                return true; // not an overlap but a conflict, refused as well
            }
            if (!mine.equals(theirs)) {
                return false;
            }
        }
        return true;
    }
}
