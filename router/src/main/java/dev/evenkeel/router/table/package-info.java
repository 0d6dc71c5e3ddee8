/**
 * The control plane's side of the router: operations on tables, tags and the account, and the slow half of them, which
 * goes on after the answer. {@link dev.evenkeel.router.table.TableOperations} is the way in.
 */
@NullMarked
package dev.evenkeel.router.table;

import org.jspecify.annotations.NullMarked;
