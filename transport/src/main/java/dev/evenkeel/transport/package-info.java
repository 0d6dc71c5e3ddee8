/**
 * Messages between the nodes of a cluster, behind one contract: direct calls in one process, one connection per direction
 * of a pair of nodes otherwise. Who calls knows a node's id and a service's number, never an address.
 */
@NullMarked
package dev.evenkeel.transport;

import org.jspecify.annotations.NullMarked;
