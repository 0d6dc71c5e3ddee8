package dev.evenkeel.replication;

import java.io.IOException;
import java.util.List;

/** The one folder a {@link NodeLog} lives in. An interface so that tests can own the disk and its faults. */
interface LogFiles {

    /** The names of all files, in no order. */
    List<String> list() throws IOException;

    /** An empty file of that name, replacing one that is there. Its name is durable after {@link #syncFolder}. */
    LogFile create(String name) throws IOException;

    /** A file that is there, with a handle of its own. */
    LogFile open(String name) throws IOException;

    void delete(String name) throws IOException;

    /** Makes new and deleted names durable. */
    void syncFolder() throws IOException;
}
