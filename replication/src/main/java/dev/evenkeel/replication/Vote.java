package dev.evenkeel.replication;

import java.nio.charset.StandardCharsets;

/**
 * What a replica must not forget, lest it vote twice.
 *
 * @param term the latest term it has seen
 * @param votedFor whom it voted for in that term, as the one who asks writes names; empty when for nobody
 */
public record Vote(long term, String votedFor) {
    public static final Vote NONE = new Vote(0, "");

    public Vote {
        if (term < 0) {
            throw new IllegalArgumentException("there is no term " + term);
        }
    }

    byte[] votedForBytes() {
        return votedFor.getBytes(StandardCharsets.UTF_8);
    }

    static Vote of(long term, byte[] votedForBytes) {
        return new Vote(term, new String(votedForBytes, StandardCharsets.UTF_8));
    }
}
