package dev.evenkeel.verify.tla;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a TLC configuration file. Comments in it carry what TLC has no words for:
 *
 * <ul>
 *   <li>{@code states: 1000}: fewer distinct states mean that the specification does less than it should;
 *   <li>{@code without RULE: A = 1, B = 2}: the constants with which the loss of that rule shows soonest;
 *   <li>{@code large: A = 3}: constants of a larger model.
 * </ul>
 */
record ModelConfiguration(String text) {
    private static final Pattern STATES = Pattern.compile("(?m)^\\\\\\* states: (\\d+)$");
    private static final Pattern LARGE = Pattern.compile("(?m)^\\\\\\* large: (.+)$");
    private static final Pattern BETWEEN_CONSTANTS = Pattern.compile(",\\s*(?=\\w+ = )"); // not within {a, b}

    long statesMin() {
        return STATES.matcher(text)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no number of states in\n" + text));
    }

    List<ModelConfiguration> large() {
        return LARGE.matcher(text).results().map(match -> with(match.group(1))).toList();
    }

    ModelConfiguration without(String rule) {
        var constants =
                Pattern.compile("(?m)^\\\\\\* without " + rule + ": (.+)$").matcher(text);
        var model = constants.find() ? with(constants.group(1)) : this;
        return model.with("Without = {\"" + rule + "\"}");
    }

    ModelConfiguration claiming(String invariant) {
        return new ModelConfiguration(text + "INVARIANT " + invariant + "\n");
    }

    private ModelConfiguration with(String constants) {
        var changed = text;
        for (var constant : BETWEEN_CONSTANTS.split(constants)) {
            changed = with(changed, constant);
        }
        return new ModelConfiguration(changed);
    }

    private static String with(String text, String constant) {
        var name = constant.substring(0, constant.indexOf(" = "));
        var line = Pattern.compile("(?m)^( +)" + name + " = .*$").matcher(text);
        if (!line.find()) {
            throw new AssertionError("no constant " + name + " in\n" + text);
        }
        return line.replaceFirst(Matcher.quoteReplacement(line.group(1) + constant));
    }
}
