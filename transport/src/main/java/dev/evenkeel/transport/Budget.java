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

    void giveBack(int requestBytes) {
        requests.decrementAndGet();
        bytes.addAndGet(-requestBytes);
    }

    String overdrawn() {
        return "overloaded: " + requests + " requests of " + bytes + " bytes are under way";
    }
}
