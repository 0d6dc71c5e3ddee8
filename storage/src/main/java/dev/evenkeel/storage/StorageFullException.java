package dev.evenkeel.storage;

import org.jspecify.annotations.Nullable;

/** The disk or the quota is full. Reads go on; writes may succeed again when there is space. */
public final class StorageFullException extends StorageException {
    private static final long serialVersionUID = 1;

    public StorageFullException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
