package dev.evenkeel.server;

import dev.evenkeel.server.transfer.InputFile;
import dev.evenkeel.server.transfer.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file named on the command line, and the table its items are for.
 *
 * @param table the table that items belong to before the file itself names one
 */
record LoadFile(Path path, String table) {
    /** Reads {@code TABLE=FILE} or {@code FILE}. */
    static LoadFile parse(String argument) {
        int equals = argument.indexOf('=');
        String file = argument.substring(equals + 1);
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new StartException("There is no file " + path + " to load", null);
        }
        return new LoadFile(path, equals > 0 ? argument.substring(0, equals) : stem(path.getFileName()));
    }

    /** The name up to its first dot. */
    private static String stem(@Nullable Path name) {
        String text = String.valueOf(name);
        int dot = text.indexOf('.');
        return dot < 0 ? text : text.substring(0, dot);
    }

    private InputFile file() {
        return new InputFile(path);
    }

    long bytes() {
        try {
            return file().bytes();
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /**
     * Its lines, decompressed.
     *
     * @param more told how many bytes more of the file have been read
     */
    JsonLines open(LongConsumer more) {
        try {
            return file().open(more);
        } catch (IOException e) {
            throw problem(e);
        }
    }

    StartException problem(IOException e) {
        return new StartException(file().problem(e), e);
    }
}
