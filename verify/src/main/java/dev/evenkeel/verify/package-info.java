/** See ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.verify;

import org.jspecify.annotations.NullMarked;
