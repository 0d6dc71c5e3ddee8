package dev.evenkeel.metadata;

import dev.evenkeel.model.StreamSchema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A table's change stream.
 *
 * @param viewType null when the stream is off
 * @param label of the newest stream, kept when it is switched off since its records stay readable for a day; null before
 *     the first one
 */
public record StreamSettings(
        @Nullable StreamViewType viewType, @Nullable String label) {
    public static final StreamSettings OFF = new StreamSettings(null, null);

    public boolean isEnabled() {
        return viewType != null;
    }

    /** What writes are to follow; null while the stream is off. */
    @Nullable
    StreamSchema schema() {
        return viewType == null || label == null
                ? null
                : new StreamSchema(startOf(label).toEpochMilli(), viewType.keepsNew(), viewType.keepsOld());
    }

    /** When a stream began: its label says so to the millisecond, and no two of one table begin in the same. */
    static Instant startOf(String label) {
        return Instant.parse(label + "Z");
    }
}
