package dev.evenkeel.storage;

/** A cursor whose store was restored meanwhile: what it was walking is gone. A new one shows the new contents. */
public final class StorageReplacedException extends StorageException {
    private static final long serialVersionUID = 1;

    public StorageReplacedException(String message) {
        super(message, null);
    }
}
