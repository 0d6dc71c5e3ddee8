package dev.evenkeel.replication;

import org.jspecify.annotations.Nullable;

/** This replica does not lead, or leads in another term: the entry was surely not appended. Ask the leader, or again. */
public final class NotLeaderException extends ReplicationException {
    private static final long serialVersionUID = 1;

    public NotLeaderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
