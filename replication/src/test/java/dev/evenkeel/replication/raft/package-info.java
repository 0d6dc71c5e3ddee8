@NullMarked
package dev.evenkeel.replication.raft;

import org.jspecify.annotations.NullMarked;
