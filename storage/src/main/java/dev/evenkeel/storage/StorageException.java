package dev.evenkeel.storage;

import org.jspecify.annotations.Nullable;

/** A store that cannot do its work. The message says what happened to which file or folder, in one line. */
public abstract sealed class StorageException extends RuntimeException
        permits StorageCorruptException, StorageFullException, StorageIoException, StorageReplacedException {
    private static final long serialVersionUID = 1;

    StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
