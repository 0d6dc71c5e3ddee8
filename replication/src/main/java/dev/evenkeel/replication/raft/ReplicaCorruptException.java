package dev.evenkeel.replication.raft;

import org.jspecify.annotations.Nullable;

/**
 * A replica cannot be opened since its log or its snapshot is not what was written. Others of its group have what is right:
 * it must leave the group before it begins anew, since a vote or an entry that was counted may be lost.
 */
public final class ReplicaCorruptException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReplicaCorruptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
