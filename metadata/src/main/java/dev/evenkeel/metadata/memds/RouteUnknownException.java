package dev.evenkeel.metadata.memds;

/** No MemDS server that could be asked knows which partition holds a position. */
public final class RouteUnknownException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RouteUnknownException(String message) {
        super(message);
    }
}
