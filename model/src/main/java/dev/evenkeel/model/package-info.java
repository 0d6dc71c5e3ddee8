/**
 * The words everything else is said in: attribute values, numbers, items and their binary form, keys and key order,
 * table schemas, sizes and capacity units, errors, time. Depends on nothing.
 */
@NullMarked
package dev.evenkeel.model;

import org.jspecify.annotations.NullMarked;
