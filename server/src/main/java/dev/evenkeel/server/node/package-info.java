/**
 * One node put together: store, log, groups, catalog, partitions and router. This is where interfaces of lower rooms meet
 * their implementations; nothing else is decided here.
 */
@NullMarked
package dev.evenkeel.server.node;

import org.jspecify.annotations.NullMarked;
