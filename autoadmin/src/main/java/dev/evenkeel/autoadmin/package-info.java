/**
 * Autoadmin: what shall be done about nodes that die, come, and go. All of it is pure: {@link
 * dev.evenkeel.autoadmin.Autoadmin} looks at a {@link dev.evenkeel.autoadmin.ClusterView} and says which
 * {@link dev.evenkeel.autoadmin.Action}s come next. Whoever asks gathers the view and carries the actions out; nothing is
 * remembered between two questions, so another node can go on at any time.
 */
@NullMarked
package dev.evenkeel.autoadmin;

import org.jspecify.annotations.NullMarked;
