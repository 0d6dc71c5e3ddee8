package dev.evenkeel.storage;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns the engine's failures into ours. */
final class RocksFailure {
    private RocksFailure() {}

    /** The engine's message names the file, where there is one; the folder is there in any case. */
    static StorageException of(Path folder, RocksDBException failure) {
        var message = "Store " + folder + ": " + oneLine(String.valueOf(failure.getMessage()));
        var status = failure.getStatus();
        if (status != null && status.getSubCode() == Status.SubCode.NoSpace || message.contains("No space left")) {
            return new StorageFullException(message, failure);
        }
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return new StorageCorruptException(message, failure);
        }
        return new StorageIoException(message, failure);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
