/**
 * The catalog: which tables, indexes and partitions there are. A replicated state machine in a group of its own; what
 * readers see is an immutable {@link dev.evenkeel.metadata.CatalogImage}, replaced whole.
 */
@NullMarked
package dev.evenkeel.metadata;

import org.jspecify.annotations.NullMarked;
