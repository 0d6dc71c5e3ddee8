/**
 * What we changed around Raft, as TLA+ in {@code verify/src/test/tla}, checked by TLC in every build.
 *
 * <p>A specification names its rules and can be told to do without one. A rule is worth its name only if leaving it out
 * lets something go wrong, so each is left out in turn and TLC must find out. Statements called {@code Never…} say that
 * something interesting cannot happen, and must be refuted too: a specification in which nothing happens keeps every
 * promise. {@code -Devenkeel.tla.large=true} checks the larger models as well, which takes hours.
 */
@NullMarked
package dev.evenkeel.verify.tla;

import org.jspecify.annotations.NullMarked;
