/**
 * Import, export and moves of tables: a client of any DynamoDB endpoint, AWS itself included, that knows nothing of what is
 * behind ours. {@link dev.evenkeel.server.transfer.Transfer} carries pages of items from a source (files, or the segments of
 * a scan) to a sink (files, or a table) and keeps in a file how far it is; the commands say which.
 */
@NullMarked
package dev.evenkeel.server.transfer;

import org.jspecify.annotations.NullMarked;
