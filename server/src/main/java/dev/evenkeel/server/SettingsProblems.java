package dev.evenkeel.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong in one file of settings: whoever corrects it wants to know of everything at once. */
final class SettingsProblems {
    private final Path file;
    private final List<Problem> problems = new ArrayList<>();

    private record Problem(int line, String text) {}

    SettingsProblems(Path file) {
        this.file = file;
    }

    /** @param line counted from 1 */
    void add(int line, String text) {
        problems.add(new Problem(line, text));
    }

    /** @throws StartException when there are any, in the order of the file */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new StartException(
                    problems.stream()
                            .sorted(Comparator.comparingInt(Problem::line))
                            .map(problem -> file + ":" + problem.line + ": " + problem.text)
                            .collect(Collectors.joining(System.lineSeparator())),
                    null);
        }
    }
}
