/** Change streams at the partitions: what a record is, where it lies, how it is read and trimmed. */
@NullMarked
package dev.evenkeel.partition.stream;

import org.jspecify.annotations.NullMarked;
