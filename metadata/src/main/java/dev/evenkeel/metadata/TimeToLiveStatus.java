package dev.evenkeel.metadata;

/** Where expiry is between being switched on and off, by DynamoDB's names. What is DISABLED is not there. */
public enum TimeToLiveStatus {
    ENABLING,
    ENABLED,
    DISABLING
}
