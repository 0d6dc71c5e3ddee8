package dev.evenkeel.storage;

import org.jspecify.annotations.Nullable;

/** The operating system or the engine refused a read or a write for a reason other than space or damage. */
public final class StorageIoException extends StorageException {
    private static final long serialVersionUID = 1;

    public StorageIoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
