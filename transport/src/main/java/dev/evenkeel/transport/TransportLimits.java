package dev.evenkeel.transport;

/**
 * How much one node may have under way with one other. What goes beyond is refused at once, so a node that is slow or gone
 * costs the others a known amount of memory.
 *
 * @param payloadBytesMax the longest request or answer
 * @param outstandingRequestsMax calls without an answer
 * @param outstandingBytesMax the requests of those calls together
 */
public record TransportLimits(int payloadBytesMax, int outstandingRequestsMax, long outstandingBytesMax) {
    /** The largest batch of a replication group is 64 MiB; its envelope needs a little more. */
    private static final int PAYLOAD_BYTES_MAX = 64 * 1024 * 1024 + 64 * 1024;

    /** More than 64 pipelined writes in each of a few dozen groups. */
    private static final int OUTSTANDING_REQUESTS_MAX = 8192;

    /** Two of the longest requests: one on its way while the next is being made. */
    private static final long OUTSTANDING_BYTES_MAX = 2L * PAYLOAD_BYTES_MAX;

    public TransportLimits {
        if (payloadBytesMax < 1 || outstandingRequestsMax < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (outstandingBytesMax < payloadBytesMax) {
            throw new IllegalArgumentException("the longest request of " + payloadBytesMax
                    + " bytes would always be refused with " + outstandingBytesMax + " bytes outstanding at most");
        }
    }

    public static TransportLimits defaults() {
        return new TransportLimits(PAYLOAD_BYTES_MAX, OUTSTANDING_REQUESTS_MAX, OUTSTANDING_BYTES_MAX);
    }

    void checkPayload(byte[] payload) {
        if (payload.length > payloadBytesMax) {
            throw new IllegalArgumentException(tooLong(payload));
        }
    }

    String tooLong(byte[] payload) {
        return payload.length + " bytes are more than the " + payloadBytesMax + " that one message may have";
    }
}
