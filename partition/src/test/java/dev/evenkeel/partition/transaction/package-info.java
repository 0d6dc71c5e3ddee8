@NullMarked
package dev.evenkeel.partition.transaction;

import org.jspecify.annotations.NullMarked;
