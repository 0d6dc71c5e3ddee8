package dev.evenkeel.metadata;

import dev.evenkeel.model.ExpirySchema;
import org.jspecify.annotations.Nullable;

/**
 * How the items of a table expire.
 *
 * @param attribute whose number is the second when an item's time has come
 * @param id the table's version when it was switched on: later ones are greater
 */
public record TimeToLive(String attribute, TimeToLiveStatus status, long id) {

    public TimeToLive withStatus(TimeToLiveStatus next) {
        return new TimeToLive(attribute, next, id);
    }

    /** Whether it is being switched on or off. */
    public boolean isChanging() {
        return status != TimeToLiveStatus.ENABLED;
    }

    /** What writes are to follow; null when nothing is to expire any more. */
    @Nullable
    ExpirySchema schema() {
        return status == TimeToLiveStatus.DISABLING ? null : new ExpirySchema(id, attribute);
    }

    /** What it is when all leaders follow it; null for nothing. */
    @Nullable
    TimeToLive settled() {
        return status == TimeToLiveStatus.DISABLING ? null : withStatus(TimeToLiveStatus.ENABLED);
    }
}
