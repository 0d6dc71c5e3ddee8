package dev.evenkeel.server;

import dev.evenkeel.transport.PeerAddress;

/** One of the nodes that a cluster is founded with. */
record Seed(String id, String zone, PeerAddress peer) {}
