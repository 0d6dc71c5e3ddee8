package dev.evenkeel.expression;

import dev.evenkeel.expression.DocumentPath.Element;
import dev.evenkeel.expression.DocumentPath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * No two paths of an update or projection may be the same or one inside the other (overlap), or take one value for a map
 * and a list (conflict). Of several such pairs DynamoDB tells the one it meets first going through the tree of all paths
 * from the newest entry to the oldest, and so do we.
 */
final class PathOverlap {
    private final List<DocumentPath> paths;

    private PathOverlap(List<DocumentPath> paths) {
        this.paths = paths;
    }

    private static final class Branch {
        final int born; // the path that made it
        final Map<Step, Branch> children = new LinkedHashMap<>();
        final List<Integer> ends = new ArrayList<>();

        Branch(int born) {
            this.born = born;
        }

        /** What lies here, newest first: paths that end, and branches that go on. */
        List<Entry> entries() {
            var entries = new ArrayList<Entry>();
            ends.forEach(path -> entries.add(new Entry(path, null, null)));
            children.forEach((step, branch) -> entries.add(new Entry(branch.born, step, branch)));
            entries.sort((a, b) -> Integer.compare(b.path, a.path));
            return entries;
        }
    }

    /** @param step and branch null when the path ends here */
    private record Entry(
            int path, @Nullable Step step, @Nullable Branch branch) {
        /** The newest path through this entry. */
        int newest() {
            var entry = this;
            while (entry.branch != null) {
                entry = entry.branch.entries().getFirst();
            }
            return entry.path;
        }
    }

    /** @throws InvalidExpressionException when two paths get into each other's way */
    static void check(List<DocumentPath> paths) {
        if (paths.size() > 1) {
            var overlap = new PathOverlap(paths);
            overlap.visit(overlap.tree());
        }
    }

    private Branch tree() {
        var root = new Branch(0);
        for (int i = 0; i < paths.size(); i++) {
            int path = i;
            var branch = root;
            for (var step : paths.get(i).steps()) {
                branch = branch.children.computeIfAbsent(step, _ -> new Branch(path));
            }
            branch.ends.add(path);
        }
        return root;
    }

    private void visit(Branch branch) {
        var entries = branch.entries();
        if (entries.size() == 1) { // by far the most, and nothing to compare
            var only = entries.getFirst().branch();
            if (only != null) {
                visit(only);
            }
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            var child = entries.get(i).branch();
            if (child != null) {
                visit(child);
            }
            compare(i, entries);
        }
    }

    private void compare(int at, List<Entry> entries) {
        var entry = entries.get(at);
        for (int i = 0; i < entries.size(); i++) {
            if (i == at) {
                continue;
            }
            var other = entries.get(i);
            if (entry.branch() == null || other.branch() == null) {
                throw clash("overlap", entry.newest(), other.newest());
            }
            if (entry.step() instanceof Element != other.step() instanceof Element) {
                throw clash("conflict", entry.newest(), other.newest());
            }
        }
    }

    private InvalidExpressionException clash(String what, int one, int other) {
        return new InvalidExpressionException("Two document paths " + what
                + " with each other; must remove or rewrite one of these paths; path one: "
                + paths.get(Math.min(one, other)) + ", path two: " + paths.get(Math.max(one, other)));
    }
}
