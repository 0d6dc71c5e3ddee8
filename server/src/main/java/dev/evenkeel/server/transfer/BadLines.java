package dev.evenkeel.server.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What becomes of lines that are no items, or that the table refuses. Safe for any thread. */
public final class BadLines {
    private final @Nullable Path file; // null ends the transfer at the first
    private final Consumer<String> teller;
    private long count;

    private BadLines(@Nullable Path file, Consumer<String> teller) {
        this.file = file;
        this.teller = teller;
    }

    /** The first one ends the transfer. */
    public static BadLines refused() {
        return new BadLines(null, _ -> {});
    }

    /**
     * They are appended to a file as they are, to be mended and imported.
     *
     * @param teller told where each stood and what is wrong with it
     */
    public static BadLines collected(Path file, Consumer<String> teller) {
        return new BadLines(file, teller);
    }

    /** @throws TransferException when it ends the transfer, with the line's place and what is wrong with it */
    synchronized void add(JsonLine line, String problem) {
        String message = line.place() + ": " + problem;
        if (file == null) {
            throw new TransferException(message);
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] document = line.document();
            out.write(document);
            out.write('\n');
        } catch (IOException e) {
            throw new TransferException("The file " + file + " cannot be written: " + e.getMessage(), e);
        }
        count++;
        teller.accept(message);
    }

    synchronized long count() {
        return count;
    }
}
