package dev.evenkeel.metadata;

/** Where a table is in its life, by DynamoDB's names (API Reference, TableDescription.TableStatus). */
public enum TableStatus {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING
}
