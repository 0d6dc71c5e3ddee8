package dev.evenkeel.verify.bench;

import java.io.IOException;

/** Where a worker's requests go: a {@link Connection}, or in tests whatever answers as the test wants. */
interface Exchange extends AutoCloseable {

    /**
     * Sends the request and waits for the whole answer.
     *
     * @return the answer, valid until the next exchange
     */
    ResponseScanner exchange(RequestTemplate request) throws IOException;

    /** Ends an exchange under way, from any thread. */
    @Override
    void close();
}
