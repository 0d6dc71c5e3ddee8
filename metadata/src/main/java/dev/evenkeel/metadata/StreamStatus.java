package dev.evenkeel.metadata;

/** Where a stream is between being switched on and being forgotten, by DynamoDB's names. */
public enum StreamStatus {
    ENABLING,
    ENABLED,
    DISABLING,
    DISABLED
}
