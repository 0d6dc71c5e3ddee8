package dev.evenkeel.verify.tla;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A TLA+ module and the model it is checked with. */
record Specification(String name, String text, ModelConfiguration model) {
    private static final Path FOLDER = Path.of("src", "test", "tla");
    private static final String ENDING = ".tla";
    private static final Pattern RULES = Pattern.compile("Rules == \\{([^}]*)}");
    private static final Pattern RULE = Pattern.compile("\"(\\w+)\"");
    private static final Pattern SIGHT = Pattern.compile("(?m)^(Never\\w+) ==");

    static List<Specification> all() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(0, file.length() - ENDING.length()))
                    .sorted()
                    .map(Specification::read)
                    .toList();
        }
    }

    private static Specification read(String name) {
        try {
            var text = Files.readString(FOLDER.resolve(name + ENDING));
            var model = Files.readString(FOLDER.resolve(name + ".cfg"));
            return new Specification(name, text, new ModelConfiguration(model));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What it can be told to do without. */
    List<String> rules() {
        var rules = RULES.matcher(text);
        if (!rules.find()) {
            throw new AssertionError(name + " names no rules");
        }
        return RULE.matcher(rules.group(1))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** What it wrongly says can never be seen. */
    List<String> sights() {
        return SIGHT.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
