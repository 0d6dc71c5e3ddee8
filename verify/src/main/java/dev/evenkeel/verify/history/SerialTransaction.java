package dev.evenkeel.verify.history;

import java.util.List;
import java.util.Map;

/**
 * A transaction, or a plain request, on lists that only grow: it reads some of them whole, and appends its own name to others. What a
 * list holds then tells who wrote it, and in which order.
 *
 * @param name of its own
 * @param reads what it found in each list it read
 * @param appends the lists it appended its name to
 */
public record SerialTransaction(String name, Map<String, List<String>> reads, List<String> appends, Ending ending) {

    /** What its client was told. */
    public enum Ending {
        COMMITTED,
        CANCELLED,
        /** Nothing: it may have happened. */
        UNKNOWN
    }

    public SerialTransaction {
        reads = Map.copyOf(reads);
        appends = List.copyOf(appends);
    }
}
