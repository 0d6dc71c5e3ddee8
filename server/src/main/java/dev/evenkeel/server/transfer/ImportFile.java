package dev.evenkeel.server.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of items.
 *
 * @param items how many there must be, when that is known
 */
public record ImportFile(Path path, Optional<Long> items) {
    InputFile file() {
        return new InputFile(path);
    }

    /** The table that a file's first line describes, if it does. */
    Optional<TransferTable> firstLine() {
        try (JsonLines lines = file().open(_ -> {})) {
            JsonLine first = lines.next();
            return first == null ? Optional.empty() : createTable(first).map(TransferTable::ofCreateTable);
        } catch (IOException e) {
            throw new TransferException(file().problem(e), e);
        }
    }

    /** The line's document when it is the input of a CreateTable. */
    static Optional<byte[]> createTable(JsonLine line) {
        try {
            JsonObject document = JsonObject.parse(line.document());
            return document.raw("KeySchema").map(_ -> line.document());
        } catch (IOException _) {
            return Optional.empty(); // it is told when items are read
        }
    }
}
