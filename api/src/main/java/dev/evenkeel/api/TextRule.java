package dev.evenkeel.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a kind of string must be like. */
final class TextRule {
    private final int lengthMin;
    private final int lengthMax;
    private final @Nullable String regex;

    /** Compiled when first needed: few requests meet any, and the server starts without. */
    private volatile @Nullable Pattern pattern;

    TextRule(int lengthMin, int lengthMax, @Nullable String regex) {
        this.lengthMin = lengthMin;
        this.lengthMax = lengthMax;
        this.regex = regex;
    }

    /** Tells the constraints that the text does not satisfy, pattern first. */
    void check(String text, Consumer<String> failed) {
        if (regex != null && !matches(text, regex)) {
            failed.accept(patternConstraint(regex));
        }
        if (text.length() < lengthMin) {
            failed.accept(Violations.lengthAtLeast(lengthMin));
        }
        if (text.length() > lengthMax) {
            failed.accept(Violations.lengthAtMost(lengthMax));
        }
    }

    boolean isSatisfiedBy(String text) {
        return text.length() >= lengthMin && text.length() <= lengthMax && (regex == null || matches(text, regex));
    }

    /** All constraints, in the order in which DynamoDB lists them for keys and elements. */
    List<String> constraints() {
        var all = new ArrayList<String>();
        if (lengthMax < Integer.MAX_VALUE) {
            all.add(Violations.lengthAtMost(lengthMax));
        }
        if (lengthMin > 0) {
            all.add(Violations.lengthAtLeast(lengthMin));
        }
        if (regex != null) {
            all.add(patternConstraint(regex));
        }
        return all;
    }

    static String patternConstraint(String regex) {
        return "Member must satisfy regular expression pattern: " + regex;
    }

    /** A text that is too long anyway is not matched: some patterns take long over long texts. */
    private boolean matches(String text, String regex) {
        if (text.length() > lengthMax) {
            return true;
        }
        var compiled = pattern;
        if (compiled == null) {
            compiled = Pattern.compile(regex);
            pattern = compiled;
        }
        return compiled.matcher(text).matches();
    }
}
