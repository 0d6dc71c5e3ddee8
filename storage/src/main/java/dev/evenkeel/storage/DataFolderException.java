package dev.evenkeel.storage;

import org.jspecify.annotations.Nullable;

/** A data folder that cannot be used; the message is one line that tells the person who named it why. */
public final class DataFolderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DataFolderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
