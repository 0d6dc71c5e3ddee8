/** See ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.metadata;

import org.jspecify.annotations.NullMarked;
