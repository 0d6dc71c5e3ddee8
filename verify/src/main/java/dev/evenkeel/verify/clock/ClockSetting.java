package dev.evenkeel.verify.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How the clocks of a process differ from the machine's. A file holds it, one line, for a process to follow.
 *
 * @param wallMillis what the wall clock is ahead; negative when it is behind
 * @param pace seconds that pass in the process, of time that only goes forward, while one passes outside
 */
public record ClockSetting(long wallMillis, double pace) {
    public static final ClockSetting RIGHT = new ClockSetting(0, 1);

    /** Faster or slower than that is no clock. */
    private static final double FACTOR_MAX = 10;

    public ClockSetting {
        if (!(pace >= 1 / FACTOR_MAX && pace <= FACTOR_MAX)) {
            throw new IllegalArgumentException("no pace of a clock: " + pace);
        }
    }

    public static ClockSetting jumped(long wallMillis) {
        return new ClockSetting(wallMillis, 1);
    }

    public static ClockSetting drifting(double pace) {
        return new ClockSetting(0, pace);
    }

    /** Replaces the file whole, so that nobody reads half of it. */
    public void write(Path file) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, wallMillis + " " + pace + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @throws IOException also when something else is in the file */
    static ClockSetting read(Path file) throws IOException {
        var text = Files.readString(file).strip();
        var words = text.split(" ", 2);
        try {
            return new ClockSetting(Long.parseLong(words[0]), Double.parseDouble(words[1]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("no setting of a clock: " + text, e);
        }
    }
}
