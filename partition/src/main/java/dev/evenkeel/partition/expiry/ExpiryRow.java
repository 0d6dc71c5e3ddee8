package dev.evenkeel.partition.expiry;

/**
 * An item's entry among the times.
 *
 * @param second when its time comes, since the epoch
 * @param position of the item
 */
public record ExpiryRow(long second, byte[] position) {}
