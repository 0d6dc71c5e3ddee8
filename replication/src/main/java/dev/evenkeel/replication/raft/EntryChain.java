package dev.evenkeel.replication.raft;

/**
 * Decides which entries of the log count; see {@link EntryHeader}. A function of the log alone, so every replica decides
 * alike. The applying thread's.
 *
 * @see #state what a snapshot must carry
 */
final class EntryChain {
    /** The index of the last entry looked at, Raft's own entries counting as looked at when the next one is. */
    private long lastDataIndex;

    /** The last of Raft's own entries before the one looked at last. */
    private long lastInternalIndex;

    /** What is needed to go on behind an entry. */
    record State(long lastDataIndex, long lastInternalIndex) {
        static final State NEW = new State(0, 0);
    }

    EntryChain(State state) {
        reset(state);
    }

    /** Takes the next data entry; those missing since the one before are Raft's own. */
    boolean counts(long index, EntryHeader header) {
        if (index != lastDataIndex + 1) {
            lastInternalIndex = index - 1;
        }
        lastDataIndex = index;
        return index == header.expectedIndex() && lastInternalIndex < header.base();
    }

    State state() {
        return new State(lastDataIndex, lastInternalIndex);
    }

    final void reset(State state) {
        lastDataIndex = state.lastDataIndex;
        lastInternalIndex = state.lastInternalIndex;
    }
}
