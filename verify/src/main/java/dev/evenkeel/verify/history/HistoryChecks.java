package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** Every check there is, on every key of a history. */
public final class HistoryChecks {
    private HistoryChecks() {}

    public static List<Finding> run(History history) {
        var keys = history.byKey();
        return List.of(
                check("linearizable per key", keys, new LinearizabilityChecker()::check),
                check("no acknowledged write lost", keys, new LostWriteChecker()::check),
                check("eventual reads tell only what was", keys, new EventualReadChecker()::check));
    }

    private static Finding check(
            String name, SortedMap<String, List<Operation>> keys, Function<Collection<Operation>, Verdict> checker) {
        var violations = new ArrayList<String>();
        var undecided = new ArrayList<String>();
        long operations = 0;
        for (var entry : keys.entrySet()) {
            operations += entry.getValue().size();
            switch (checker.apply(entry.getValue())) {
                case Verdict.Passed _ -> {}
                case Verdict.Violated violated -> violations.add(violated.explanation());
                case Verdict.Undecided unknown -> undecided.add("key " + entry.getKey() + ": " + unknown.why());
            }
        }
        return new Finding(name, keys.size(), operations, violations, undecided);
    }
}
