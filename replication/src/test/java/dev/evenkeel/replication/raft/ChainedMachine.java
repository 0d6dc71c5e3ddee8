package dev.evenkeel.replication.raft;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Each entry names the one it was built on, and must be applied right after it. */
final class ChainedMachine {
    private final Set<String> applied = new HashSet<>();
    private String last = "";

    static byte[] entry(String id, String builtOn) {
        return (id + " " + builtOn).getBytes(StandardCharsets.UTF_8);
    }

    static String id(String entry) {
        return entry.substring(0, entry.indexOf(' '));
    }

    void apply(String entry) {
        var builtOn = entry.substring(entry.indexOf(' ') + 1);
        if (!builtOn.equals(last)) {
            throw new AssertionError("'" + entry + "' was built on '" + builtOn + "', applied after '" + last + "'");
        }
        last = id(entry);
        applied.add(last);
    }

    /** Empty before the first. */
    String last() {
        return last;
    }

    boolean has(String id) {
        return applied.contains(id);
    }
}
