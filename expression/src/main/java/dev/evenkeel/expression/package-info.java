/** See ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.expression;

import org.jspecify.annotations.NullMarked;
