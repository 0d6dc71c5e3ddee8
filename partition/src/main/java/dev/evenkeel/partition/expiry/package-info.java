/** Where the stores of a group's replicas keep which item's time comes when; found in order of time, without a scan. */
@NullMarked
package dev.evenkeel.partition.expiry;

import org.jspecify.annotations.NullMarked;
