package dev.evenkeel.api;

import dev.evenkeel.model.DynamoException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request, in DynamoDB's words: "2 validation errors detected: Value 'x' at 'select' failed to
 * satisfy constraint: …; …". Each method checks one constraint of one member; a member that is not given is only ever wrong
 * if it is required.
 */
final class Violations {
    /** DynamoDB stops counting here. */
    private static final int TOLD_MAX = 10;

    private final List<String> told = new ArrayList<>(0);
    private @Nullable String afterwards;

    static String lengthAtLeast(int min) {
        return "Member must have length greater than or equal to " + min;
    }

    static String lengthAtMost(int max) {
        return "Member must have length less than or equal to " + max;
    }

    private static String valueAtLeast(long min) {
        return "Member must have value greater than or equal to " + min;
    }

    private static String valueAtMost(long max) {
        return "Member must have value less than or equal to " + max;
    }

    /** @throws DynamoException a validation error, if anything was wrong */
    void throwIfAny() {
        if (!told.isEmpty()) {
            throw of(told);
        }
        if (afterwards != null) {
            throw of(List.of(afterwards));
        }
    }

    /** One validation error of several complaints. */
    static DynamoException of(List<String> complaints) {
        int count = complaints.size();
        return DynamoException.validation(
                count + " validation error" + (count == 1 ? "" : "s") + " detected: " + String.join("; ", complaints));
    }

    /** @param value null for one that is not given */
    static String complaint(@Nullable Object value, String place, String constraint) {
        var printed = value == null ? "null" : "'" + value + "'";
        return "Value " + printed + " at '" + place + "' failed to satisfy constraint: " + constraint;
    }

    private void add(Path path, String member, @Nullable Object value, String constraint) {
        if (told.size() < TOLD_MAX) {
            told.add(complaint(value, path.member(member).toString(), constraint));
        }
    }

    private void addTersely(Path path, String member, String constraint) {
        if (afterwards == null) {
            afterwards =
                    "Value at '" + path.member(member).capitalised() + "' failed to satisfy constraint: " + constraint;
        }
    }

    void required(Path path, String member, @Nullable Object value) {
        if (value == null) {
            add(path, member, null, "Member must not be null");
        }
    }

    void oneOf(Path path, String member, @Nullable String value, List<String> values) {
        if (value != null && !values.contains(value)) {
            add(path, member, value, "Member must satisfy enum value set: " + values);
        }
    }

    void text(Path path, String member, @Nullable String value, TextRule rule) {
        if (value != null && !rule.isSatisfiedBy(value)) {
            rule.check(value, constraint -> add(path, member, value, constraint));
        }
    }

    void atLeast(Path path, String member, @Nullable Number value, long min) {
        if (value != null && value.longValue() < min) {
            add(path, member, value, valueAtLeast(min));
        }
    }

    void atMost(Path path, String member, @Nullable Number value, long max) {
        if (value != null && value.longValue() > max) {
            add(path, member, value, valueAtMost(max));
        }
    }

    void atLeastTersely(Path path, String member, @Nullable Number value, long min) {
        if (value != null && value.longValue() < min) {
            addTersely(path, member, valueAtLeast(min));
        }
    }

    void minSize(Path path, String member, @Nullable Collection<?> value, int min) {
        if (value != null && value.size() < min) {
            add(path, member, value, lengthAtLeast(min));
        }
    }

    void maxSize(Path path, String member, @Nullable Collection<?> value, int max) {
        if (value != null && value.size() > max) {
            add(path, member, value, lengthAtMost(max));
        }
    }

    void maxSizeTersely(Path path, String member, @Nullable Collection<?> value, int max) {
        if (value != null && value.size() > max) {
            addTersely(path, member, lengthAtMost(max));
        }
    }

    void maxSize(Path path, String member, @Nullable Map<?, ?> value, int max) {
        if (value != null && value.size() > max) {
            add(path, member, value, lengthAtMost(max));
        }
    }

    /**
     * A map that must hold something and is answered with a sentence of its own when it does not.
     *
     * @throws DynamoException a validation error with that message
     */
    void notEmpty(Path path, String member, @Nullable Map<?, ?> value, String message) {
        if (value != null && value.isEmpty()) {
            throw DynamoException.validation(message);
        }
    }

    void keys(Path path, String member, @Nullable Map<String, ?> value, TextRule rule) {
        if (value != null && !value.keySet().stream().allMatch(rule::isSatisfiedBy)) {
            add(path, member, value, "Map keys must satisfy constraint: " + rule.constraints());
        }
    }

    void elements(Path path, String member, @Nullable List<String> value, TextRule rule) {
        if (value != null && !value.stream().allMatch(rule::isSatisfiedBy)) {
            add(path, member, value, "Member must satisfy constraint: " + rule.constraints());
        }
    }

    void elements(Path path, String member, @Nullable Map<String, String> value, TextRule rule) {
        if (value != null && !value.values().stream().allMatch(rule::isSatisfiedBy)) {
            add(path, member, value, "Map value must satisfy constraint: " + rule.constraints());
        }
    }

    void valueSizes(Path path, String member, @Nullable Map<String, ? extends List<?>> value, int min, int max) {
        if (value != null && value.values().stream().anyMatch(list -> list.size() < min || list.size() > max)) {
            add(
                    path,
                    member,
                    value,
                    "Map value must satisfy constraint: " + List.of(lengthAtMost(max), lengthAtLeast(min)));
        }
    }
}
