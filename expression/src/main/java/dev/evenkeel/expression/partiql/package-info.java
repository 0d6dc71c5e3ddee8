/**
 * PartiQL as DynamoDB speaks it: from the text of a statement to a syntax tree. What the tree means is up to
 * {@code dev.evenkeel.expression}, which binds it to parameters and to the trees that all expressions are evaluated by.
 *
 * <p>DynamoDB's parser is the open-source one of the language, so a text that is not well formed is answered in that
 * parser's words. The parser here is written by hand: which of those words are said depends on the place where parsing
 * stops, more than a generated parser tells.
 */
@NullMarked
package dev.evenkeel.expression.partiql;

import org.jspecify.annotations.NullMarked;
