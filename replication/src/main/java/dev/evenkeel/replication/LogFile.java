package dev.evenkeel.replication;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a log. */
interface LogFile extends AutoCloseable {

    /** For messages. */
    String path();

    long size() throws IOException;

    /** Reads some bytes from a position on; −1 at the end of the file. */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Writes some bytes at a position, maybe not all.
     *
     * @throws NoSpaceException when the disk or the quota is full
     */
    int write(ByteBuffer source, long position) throws IOException;

    /** Makes the contents and the length durable. After a failure nobody knows what is. */
    void sync() throws IOException;

    /** Cuts the file off. */
    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}
