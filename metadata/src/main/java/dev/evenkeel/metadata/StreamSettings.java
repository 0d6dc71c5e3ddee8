package dev.evenkeel.metadata;

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
}
