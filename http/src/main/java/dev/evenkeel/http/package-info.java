/** See ARCHITECTURE.md. */
@NullMarked
package dev.evenkeel.http;

import org.jspecify.annotations.NullMarked;
