package dev.evenkeel.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is under way in one direction of a pair of nodes, within the {@link TransportLimits}. */
final class Budget {
    private final TransportLimits limits;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Budget(TransportLimits limits) {
        this.limits = limits;
    }

    /** Takes room for a request; false when there is none. */
    boolean take(int requestBytes) {
        int requestsThen = requests.incrementAndGet();
        long bytesThen = bytes.addAndGet(requestBytes);
        if (requestsThen <= limits.outstandingRequestsMax() && bytesThen <= limits.outstandingBytesMax()) {
            return true;
        }
        giveBack(requestBytes);
        return false;
    }

    /** A request that has room needs more of it, and gets it even beyond the limit: the next one is refused instead. */
    void grow(int moreBytes) {
        bytes.addAndGet(moreBytes);
    }

    void giveBack(int bytesOfRequest) {
        requests.decrementAndGet();
        bytes.addAndGet(-bytesOfRequest);
    }

    String overdrawn() {
        return "overloaded: " + requests + " requests of " + bytes + " bytes are under way";
    }
}
