@NullMarked
package dev.evenkeel.server.transfer;

import org.jspecify.annotations.NullMarked;
