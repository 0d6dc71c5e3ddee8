/**
 * {@code evenkeel bench}: drives any DynamoDB endpoint with the load of the DynamoDB paper (USENIX ATC 2022, section 7)
 * and reports throughput, latency and the processor time of local server processes.
 *
 * <p>The client shares the machine with the servers it measures, so it is as cheap as it can be: request bytes are made
 * once and only patched, responses are scanned and not parsed, each connection is one thread on a blocking socket.
 */
@NullMarked
package dev.evenkeel.verify.bench;

import org.jspecify.annotations.NullMarked;
