/**
 * The model test of the whole database. An obvious DynamoDB, made of plain maps, answers the same random requests as the
 * real one, and every answer and every capacity figure is compared.
 *
 * <p>Nothing here may use the database's own code for values, items, sizes, keys or expressions: two answers that come
 * from one piece of code prove nothing.
 */
@NullMarked
package dev.evenkeel.verify.model;

import org.jspecify.annotations.NullMarked;
