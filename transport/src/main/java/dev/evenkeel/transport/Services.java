package dev.evenkeel.transport;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The handlers of a node, by the number of their service. */
final class Services {
    private final Map<Integer, RequestHandler> handlers = new ConcurrentHashMap<>();

    void serve(int service, RequestHandler handler) {
        checkNumber(service);
        if (handlers.putIfAbsent(service, handler) != null) {
            throw new IllegalStateException("service " + service + " has a handler already");
        }
    }

    static void checkNumber(int service) {
        if (service < 0 || service > Transport.SERVICE_MAX) {
            throw new IllegalArgumentException("service " + service + " is not between 0 and " + Transport.SERVICE_MAX);
        }
    }

    /** Null when there is none; one that is there stays. */
    @Nullable
    RequestHandler find(int service) {
        return handlers.get(service);
    }

    /** Asks the handler. Whatever it throws is the future's failure. */
    static CompletableFuture<byte[]> ask(RequestHandler handler, String fromNode, byte[] request) {
        try {
            return Objects.requireNonNull(handler.handle(fromNode, request), "the handler gave no future");
        } catch (RuntimeException | Error e) { // an Error too: the caller must not wait for an answer that nobody gives
            return CompletableFuture.failedFuture(e);
        }
    }

    static String unknown(int service) {
        return "no service " + service + " here";
    }
}
