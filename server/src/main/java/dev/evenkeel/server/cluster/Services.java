package dev.evenkeel.server.cluster;

/** The numbers of the services that nodes offer each other. Part of the protocol: never given to another. */
final class Services {
    static final int RAFT = 1;
    static final int PARTITION = 2;
    static final int CATALOG = 3;
    static final int MEMDS = 4;
    static final int ADMIN = 5;

    private Services() {}
}
