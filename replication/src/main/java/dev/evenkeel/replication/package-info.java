/** See ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.replication;

import org.jspecify.annotations.NullMarked;
