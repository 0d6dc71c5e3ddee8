package dev.evenkeel.replication;

import java.util.List;

/**
 * Reads a group's committed and applied entries in order, as they come. For one reading thread; {@link #close} may be
 * called by any.
 *
 * <p>Whatever the tail has not passed stays in the log: on disk it takes space, in memory it slows the writers down
 * (see {@link MemoryLog}). Asking for more says that all that was returned before is done with.
 */
public interface LogTail extends AutoCloseable {

    /**
     * The next entries, at least one; waits for it. Empty when the tail is closed or the thread is interrupted (the
     * interrupt stays set).
     *
     * @throws LogCorruptException when the log on disk is damaged there
     */
    List<LogEntry> next(int entriesMax);

    /** The next entries that are there already, maybe none. */
    List<LogEntry> poll(int entriesMax);

    /** The LSN of the last entry returned, or where the tail began. */
    long position();

    /** Lets the log go on without this tail and wakes its reader. */
    @Override
    void close();
}
