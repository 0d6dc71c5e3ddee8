@NullMarked
package dev.evenkeel.server.cluster;

import org.jspecify.annotations.NullMarked;
