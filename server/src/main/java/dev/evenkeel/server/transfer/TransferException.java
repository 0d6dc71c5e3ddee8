package dev.evenkeel.server.transfer;

import org.jspecify.annotations.Nullable;

/** Why a transfer does not go on; the message is one line for the person who started it. */
public final class TransferException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TransferException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    TransferException(String message) {
        this(message, null);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
