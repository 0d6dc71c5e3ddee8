package dev.evenkeel.verify.model;

import java.util.Map;

/** The database under test, as a client sees it. */
interface Endpoint extends AutoCloseable {

    /**
     * Sends one request.
     *
     * @param body the request as JSON would have it
     */
    Reply call(String operation, Map<String, Object> body);

    @Override
    void close();

    /**
     * An answer as JSON has it.
     *
     * @param error the error's name without its namespace, or empty
     */
    record Reply(String error, Map<String, Object> body) {}
}
