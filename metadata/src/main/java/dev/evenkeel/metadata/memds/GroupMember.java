package dev.evenkeel.metadata.memds;

/**
 * A replica of a group.
 *
 * @param node the id of the node it is on
 */
public record GroupMember(String node, Role role) {

    /** In the order of their codes, which are part of the format: new ones go to the end. */
    public enum Role {
        /** Has the data and serves. */
        STORAGE,
        /** Votes and keeps the recent log; never serves. */
        LOG
    }
}
