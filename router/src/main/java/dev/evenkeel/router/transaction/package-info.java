/** The coordinator of transactions: which step follows which, on which groups. The protocol is in ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.router.transaction;

import org.jspecify.annotations.NullMarked;
