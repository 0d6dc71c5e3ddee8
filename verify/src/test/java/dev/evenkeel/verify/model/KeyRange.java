package dev.evenkeel.verify.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key condition: one value for every part of the partition key, some equalities for the first parts of the sort key,
 * and perhaps a test of the part behind them.
 */
record KeyRange(
        List<KeyPart> hash,
        List<Value> hashValues,
        List<KeyPart> range,
        List<Value> rangeValues,
        Optional<SortTest> test) {

    /** @param operator one of = < <= > >= BETWEEN begins_with */
    record SortTest(String operator, Value value, Value high) {}

    String text(Placeholders p) {
        var clauses = new ArrayList<String>();
        for (int i = 0; i < hash.size(); i++) {
            clauses.add(p.name(hash.get(i).name()) + " = " + p.value(hashValues.get(i)));
        }
        for (int i = 0; i < rangeValues.size(); i++) {
            clauses.add(p.name(range.get(i).name()) + " = " + p.value(rangeValues.get(i)));
        }
        test.ifPresent(it ->
                clauses.add(testText(it, p.name(range.get(rangeValues.size()).name()), p)));
        return String.join(" AND ", clauses);
    }

    private static String testText(SortTest test, String name, Placeholders p) {
        return switch (test.operator) {
            case "BETWEEN" -> name + " BETWEEN " + p.value(test.value) + " AND " + p.value(test.high);
            case "begins_with" -> "begins_with(" + name + ", " + p.value(test.value) + ")";
            default -> name + " " + test.operator + " " + p.value(test.value);
        };
    }

    boolean matches(Map<String, Value> entry) {
        for (int i = 0; i < hash.size(); i++) {
            if (!hashValues.get(i).equals(entry.get(hash.get(i).name()))) {
                return false;
            }
        }
        for (int i = 0; i < rangeValues.size(); i++) {
            if (!rangeValues.get(i).equals(entry.get(range.get(i).name()))) {
                return false;
            }
        }
        return test.map(it -> passes(
                        it,
                        TableShape.required(entry, range.get(rangeValues.size()).name())))
                .orElse(true);
    }

    private static boolean passes(SortTest test, Value value) {
        if (test.operator.equals("begins_with")) {
            return Clause.startsWith(value, test.value);
        }
        int order = Value.compare(value, test.value);
        return switch (test.operator) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "BETWEEN" -> order >= 0 && Value.compare(value, test.high) <= 0;
            default -> throw new IllegalArgumentException(test.operator);
        };
    }
}
