/** See ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.api;

import org.jspecify.annotations.NullMarked;
