package dev.evenkeel.verify.gameday;

import java.util.Objects;

/** The day cannot go on; the message tells the person at the keyboard why. */
public final class GameDayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public GameDayException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
