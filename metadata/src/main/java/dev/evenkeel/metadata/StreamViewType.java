package dev.evenkeel.metadata;

/** What a change record of a table's stream carries, by DynamoDB's names. */
public enum StreamViewType {
    NEW_IMAGE,
    OLD_IMAGE,
    NEW_AND_OLD_IMAGES,
    KEYS_ONLY;

    public boolean keepsNew() {
        return this == NEW_IMAGE || this == NEW_AND_OLD_IMAGES;
    }

    public boolean keepsOld() {
        return this == OLD_IMAGE || this == NEW_AND_OLD_IMAGES;
    }
}
