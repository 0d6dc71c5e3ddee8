package dev.evenkeel.verify.gameday;

import java.io.IOException;

/** No connection could be made, so a request surely reached nobody. */
final class NotSentException extends IOException {
    private static final long serialVersionUID = 1;

    NotSentException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
