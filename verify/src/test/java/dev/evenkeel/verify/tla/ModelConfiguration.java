package dev.evenkeel.verify.tla;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text of a TLC configuration file. Comments in it carry what TLC has no words for:
 *
 * <ul>
 *   <li>{@code states: 1000}: fewer distinct states mean that the specification does less than it should;
 *   <li>{@code without RULE: A = 1, B = 2}: the constants with which the loss of that rule shows soonest;
 *   <li>{@code also: A = 2}: constants of another model that every build checks;
 *   <li>{@code large: A = 3}: constants of one that takes its time.
 * </ul>
 */
record ModelConfiguration(String text) {
    private static final Pattern STATES = Pattern.compile("(?m)^\\\\\\* states: (\\d+)$");
    private static final Pattern ALSO = Pattern.compile("(?m)^\\\\\\* also: (.+)$");
    private static final Pattern LARGE = Pattern.compile("(?m)^\\\\\\* large: (.+)$");
    private static final Pattern BETWEEN_CONSTANTS = Pattern.compile(",\\s*(?=\\w+ = )"); // not within {a, b}

    long statesMin() {
        return STATES.matcher(text)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no number of states in\n" + text));
    }

    /** This one and others that are as quick. */
    Stream<ModelConfiguration> small() {
        return Stream.concat(Stream.of(this), others(ALSO));
    }

    Stream<ModelConfiguration> large() {
        return others(LARGE);
    }

    private Stream<ModelConfiguration> others(Pattern kind) {
        return kind.matcher(text).results().map(match -> with(match.group(1)));
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
