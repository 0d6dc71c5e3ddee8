/** Transactions under faults, in one process: real coordinators, participants and ledgers on simulated groups. */
@NullMarked
package dev.evenkeel.verify.transaction;

import org.jspecify.annotations.NullMarked;
