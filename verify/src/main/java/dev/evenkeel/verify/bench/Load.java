package dev.evenkeel.verify.bench;

import java.util.Locale;

/** How hard a round presses. */
sealed interface Load {
    /** Sockets, and so requests under way at most. */
    int connections();

    String label();

    /** Each connection sends its next request when the answer to the last one is there. */
    record Closed(int connections) implements Load {
        @Override
        public String label() {
            return connections + (connections == 1 ? " connection" : " connections");
        }
    }

    /** Requests begin at moments fixed beforehand, whether earlier ones are answered or not. */
    record Open(double requestsPerSecond, int connections) implements Load {
        @Override
        public String label() {
            return String.format(Locale.ROOT, "%,.0f/s offered", requestsPerSecond);
        }
    }
}
