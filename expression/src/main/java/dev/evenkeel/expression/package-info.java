/**
 * Expressions and the parameters they replaced: from text to something that tests, changes or reduces an item.
 *
 * <p>A text goes through three stages. {@code SyntaxReader} parses it (remembered in {@code ParseCache}); the binders
 * replace placeholders and check all that needs no item, in DynamoDB's order; the result ({@code Test},
 * {@code UpdateAction}, {@code ProjectionTree}) is immutable and evaluates without looking at the text again. What DynamoDB
 * answers in each case was taken from its documentation and from published measurements of the service; where those differ
 * the measurement counts.
 */
@NullMarked
package dev.evenkeel.expression;

import org.jspecify.annotations.NullMarked;
