package dev.evenkeel.replication.raft;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How the engine's messages get from this node to another. In one process they are passed as they are. */
public interface RaftWire {

    /**
     * Sends a request; messages to one node arrive in the order of the calls. The future fails when there is no answer in
     * time; whether the request arrived nobody knows then. It may complete in any thread.
     */
    CompletableFuture<RaftMessage> send(String node, RaftMessage request, Duration timeout);

    /** Where requests of other nodes go; set once, before anything arrives. */
    void receiveWith(Receiver receiver);

    /** The node's side of it. */
    interface Receiver {
        /** Takes a request; must not block. The caller keeps the order of calls of one node. */
        CompletableFuture<RaftMessage> receive(RaftMessage request);
    }
}
