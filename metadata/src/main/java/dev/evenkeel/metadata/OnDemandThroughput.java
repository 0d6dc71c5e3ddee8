package dev.evenkeel.metadata;

/**
 * Ceilings in request units per second under on-demand billing.
 *
 * @param maxReadUnits {@link #UNLIMITED} when there is none
 * @param maxWriteUnits {@link #UNLIMITED} when there is none
 */
public record OnDemandThroughput(long maxReadUnits, long maxWriteUnits) {
    public static final long UNLIMITED = -1;
    public static final OnDemandThroughput NONE = new OnDemandThroughput(UNLIMITED, UNLIMITED);

    public boolean isNone() {
        return equals(NONE);
    }
}
