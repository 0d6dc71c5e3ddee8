/**
 * The ordered store of a replica, behind one contract: in memory, and in RocksDB under a data folder. A store keeps
 * bytes under bytes in unsigned order and remembers the log position its contents stand for; the replication group's
 * log, not the store, makes a write durable.
 */
@NullMarked
package dev.evenkeel.storage;

import org.jspecify.annotations.NullMarked;
