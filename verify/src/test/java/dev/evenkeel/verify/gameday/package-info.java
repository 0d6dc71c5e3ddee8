/**
 * The harness itself: that it does what it says, that it finds what a lying database hides, and a short day with the real
 * program.
 */
@NullMarked
package dev.evenkeel.verify.gameday;

import org.jspecify.annotations.NullMarked;
