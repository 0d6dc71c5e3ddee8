package dev.evenkeel.server.transfer;

import java.io.IOException;
import java.util.List;

/** Where items go. */
interface Sink extends AutoCloseable {
    /**
     * Takes a page of a part; all that is slow is done here. For many threads, but one for each part.
     *
     * @return what remains to be done
     */
    Taken take(int part, List<JsonLine> items) throws IOException;

    /** Returns when all that was committed would survive a crash. */
    void force() throws IOException;

    @Override
    void close() throws IOException;

    /** A page that has been taken but for one step, which is done together with noting that it is done. */
    @FunctionalInterface
    interface Taken {
        /** The last step, in a lock. @return how far the sink is with this part, for itself */
        String commit() throws IOException;
    }
}
