package dev.evenkeel.verify.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A history as text, so that a check can be run again and a person can search it: a line for each operation, fields
 * separated by tabs, in the order of {@link Operation}. Values and names hold no white space.
 */
public final class HistoryFile {
    private static final String NOTHING = "-";
    private static final int FIELDS = 7;

    private HistoryFile() {}

    public static void write(Path file, History history) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (var operation : history.operations()) {
                out.write(line(operation));
                out.write('\n');
            }
        }
    }

    /** @throws IOException also when it is not a history */
    public static History read(Path file) throws IOException {
        var operations = new ArrayList<Operation>();
        try (var in = Files.newBufferedReader(file)) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                operations.add(parse(line));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(
                    file + ", line " + (operations.size() + 1) + ", is no operation: " + e.getMessage(), e);
        }
        return new History(operations);
    }

    static String line(Operation operation) {
        return String.join(
                "\t",
                Long.toString(operation.invokedNanos()),
                Long.toString(operation.returnedNanos()),
                operation.client(),
                operation.node(),
                operation.key(),
                line(operation.action()),
                line(operation.outcome()));
    }

    private static String line(Action action) {
        return switch (action) {
            case Action.Put put -> "put " + put.value();
            case Action.PutIf put -> "put-if " + orNothing(put.expected()) + " " + put.value();
            case Action.Add add -> "add " + add.amount();
            case Action.Delete _ -> "delete";
            case Action.Read read -> read.consistent() ? "read" : "read-eventually";
        };
    }

    private static String line(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done ->
                done.seen().map(state -> "done " + line(state)).orElse("done");
            case Outcome.ConditionFailed failed -> "condition-failed " + line(failed.seen());
            case Outcome.Refused refused -> "refused " + flat(refused.why());
            case Outcome.Unknown unknown -> "unknown " + flat(unknown.why());
        };
    }

    private static String line(State state) {
        return orNothing(state.value()) + " " + state.count();
    }

    private static String orNothing(String value) {
        return value.isEmpty() ? NOTHING : value;
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    static Operation parse(String line) {
        var fields = line.split("\t", FIELDS);
        return new Operation(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                fields[2],
                fields[3],
                fields[4],
                action(fields[5].split(" ", -1)),
                outcome(fields[6]));
    }

    private static Action action(String[] words) {
        return switch (words[0]) {
            case "put" -> new Action.Put(words[1]);
            case "put-if" -> new Action.PutIf(orEmpty(words[1]), words[2]);
            case "add" -> new Action.Add(Long.parseLong(words[1]));
            case "delete" -> new Action.Delete();
            case "read" -> new Action.Read(true);
            case "read-eventually" -> new Action.Read(false);
            default -> throw new IllegalArgumentException("no such action: " + words[0]);
        };
    }

    private static Outcome outcome(String text) {
        var words = text.split(" ", 2);
        return switch (words[0]) {
            case "done" -> new Outcome.Done(words.length == 1 ? Optional.empty() : Optional.of(state(words[1])));
            case "condition-failed" -> new Outcome.ConditionFailed(state(words[1]));
            case "refused" -> new Outcome.Refused(words[1]);
            case "unknown" -> new Outcome.Unknown(words[1]);
            default -> throw new IllegalArgumentException("no such outcome: " + words[0]);
        };
    }

    private static State state(String text) {
        var words = text.split(" ", -1);
        return new State(orEmpty(words[0]), Long.parseLong(words[1]));
    }

    private static String orEmpty(String word) {
        return word.equals(NOTHING) ? "" : word;
    }
}
