package dev.evenkeel.replication;

import java.nio.file.Path;

/** A state machine that a replica elsewhere can be given whole. */
public interface ReplicatedStateMachine extends StateMachine {

    /**
     * Writes everything applied so far, or a little more, into an empty folder, durable when it returns. Called beside
     * {@link #apply}, from any thread.
     */
    void checkpoint(Path folder);

    /**
     * Replaces everything by what such a folder holds. Files may be taken out of it. Never called beside {@link #apply}.
     * When it throws, the state is the old one.
     *
     * @throws SnapshotCorruptException when the folder does not hold what was written
     */
    void restore(Path folder);

    /**
     * Reads everything that is stored; takes as long as that does. Called beside {@link #apply}, from any thread.
     *
     * @throws RuntimeException when it is not what was written
     */
    default void verify() {}
}
