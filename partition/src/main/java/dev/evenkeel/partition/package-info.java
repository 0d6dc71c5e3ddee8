/** See ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.partition;

import org.jspecify.annotations.NullMarked;
