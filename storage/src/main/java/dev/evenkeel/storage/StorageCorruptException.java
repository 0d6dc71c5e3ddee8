package dev.evenkeel.storage;

import org.jspecify.annotations.Nullable;

/** Stored bytes are not what was written: a checksum failed or a file is missing. Nothing of it was given out. */
public final class StorageCorruptException extends StorageException {
    private static final long serialVersionUID = 1;

    public StorageCorruptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
