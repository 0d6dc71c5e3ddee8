package dev.evenkeel.router.table;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of streams: the moment they began, as {@code 2026-11-23T01:02:03.004}. */
final class StreamLabels {
    private static final DateTimeFormatter LABEL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private StreamLabels() {}

    static String at(Instant moment) {
        return LABEL.format(moment);
    }

    /** Of a stream of a table that had one with the label before: two within a millisecond are two. */
    static String after(@Nullable String before, Instant moment) {
        var label = at(moment);
        return before == null || before.compareTo(label) < 0
                ? label
                : at(Instant.parse(before + "Z").plusMillis(1));
    }
}
