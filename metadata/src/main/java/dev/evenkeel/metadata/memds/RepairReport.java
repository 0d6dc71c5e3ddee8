package dev.evenkeel.metadata.memds;

/**
 * What a repair did.
 *
 * @param subtreesRead of the peer; grows with what differs, not with what there is
 * @param news facts that were learned
 * @param rootsEqual the root hashes agreed in the end. If they did not, the peer lacks something, and has its own repair
 *     to make, or facts kept coming
 */
public record RepairReport(int subtreesRead, int news, boolean rootsEqual) {}
