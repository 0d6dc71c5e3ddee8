package dev.evenkeel.metadata;

/** Where a global index is in its life, by DynamoDB's names (GlobalSecondaryIndexDescription.IndexStatus). */
public enum IndexStatus {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING
}
