package dev.evenkeel.server;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Durations as people write them, {@code 500ms}, {@code 2s}, {@code 1.5m}, and as ISO 8601 does, {@code PT2S}. */
final class Durations {
    private static final Pattern PLAIN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");

    private Durations() {}

    /** @throws IllegalArgumentException saying what would be a duration */
    static Duration parse(String text) {
        var plain = PLAIN.matcher(text);
        if (plain.matches()) {
            double nanosPerUnit = switch (plain.group(2)) {
                case "ms" -> 1e6;
                case "s" -> 1e9;
                case "m" -> 60e9;
                default -> 3600e9;
            };
            return Duration.ofNanos(Math.round(Double.parseDouble(plain.group(1)) * nanosPerUnit));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException("'" + text + "' is no duration such as 500ms, 2s or PT1M");
        }
    }
}
