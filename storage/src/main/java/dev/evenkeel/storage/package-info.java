/** See ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.storage;

import org.jspecify.annotations.NullMarked;
