package dev.evenkeel.server.transfer;

/**
 * How far a part is.
 *
 * @param name see {@link Source#parts}
 * @param position where to read on, empty at the beginning
 * @param mark how far the sink is with it, empty at the beginning
 * @param items that are through
 */
record PartState(String name, String position, String mark, long items, boolean done) {
    static PartState beginning(String name) {
        return new PartState(name, "", "", 0, false);
    }

    PartState advanced(String newPosition, String newMark, long more) {
        return new PartState(name, newPosition, newMark, items + more, false);
    }

    PartState ended() {
        return new PartState(name, position, mark, items, true);
    }
}
