/**
 * Replication groups: an ordered log of entries, each applied to the group's state machine once it is committed. Here
 * the solo group, which has one replica, on a log in memory or on the write-ahead log that all groups of a node share.
 * The interface is the one that groups with a quorum keep, too: leadership, terms and unknown outcomes are part of it.
 */
@NullMarked
package dev.evenkeel.replication;

import org.jspecify.annotations.NullMarked;
