/** See ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.router;

import org.jspecify.annotations.NullMarked;
