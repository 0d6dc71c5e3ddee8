/**
 * Replication groups with several replicas, on SOFAJRaft. Its elections, terms, joint membership and snapshots are used
 * as they are; what decides speed and safety here comes in through its extension points: the log that all groups of a
 * node share, the messages between nodes, the timers. {@link dev.evenkeel.replication.raft.RaftHost} is the face; nobody
 * outside sees a type of the engine.
 *
 * <p>What we add to Raft, and why it is sound, stands with the classes: predicted LSNs ({@link
 * dev.evenkeel.replication.raft.EntryHeader}), lease reads ({@link dev.evenkeel.replication.raft.LeaderLease} and {@link
 * dev.evenkeel.replication.raft.VoteGuard}), log replicas ({@link dev.evenkeel.replication.raft.LogReplicaSnapshots}).
 */
@NullMarked
package dev.evenkeel.replication.raft;

import org.jspecify.annotations.NullMarked;
